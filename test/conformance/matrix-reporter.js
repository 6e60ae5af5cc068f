import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';

/** Where the matrix of the last run of the conformance suite is kept. */
export const matrixFile = 'test/artifacts/matrix.md';

const marks = { passed: '✓', failed: '✗', pending: '–' };
const capability = /^capability (\w+) is (.+)$/;

/** Writes what each pod host can do, and which behaviours of the contract it showed, as Markdown. */
export default class MatrixReporter {
  onRunComplete(_contexts, { testResults }) {
    const hosts = new Set();
    const capabilities = new Map();
    const behaviours = new Map();
    const files = testResults
      .filter(({ testFilePath }) => dirname(relative('.', testFilePath)) === 'test/conformance')
      .toSorted((a, b) => basename(a.testFilePath).localeCompare(basename(b.testFilePath)));
    for (const { displayName, testResults: tests } of files) {
      const host = displayName.name;
      hosts.add(host);
      for (const { fullName, status } of tests) {
        const [, name, value] = capability.exec(fullName) ?? [];
        const rows = name === undefined ? behaviours : capabilities;
        const key = name ?? fullName;
        const cell = name === undefined ? (marks[status] ?? '?') : value;
        rows.set(key, { ...rows.get(key), [host]: cell });
      }
    }
    if (hosts.size === 0) return;
    const columns = [...hosts].toSorted((a, b) => a.localeCompare(b));
    mkdirSync(dirname(matrixFile), { recursive: true });
    writeFileSync(
      matrixFile,
      [
        ...table('Capability', columns, capabilities),
        '',
        '✓ shown by a test, ✗ failed, – about something that this host has not (or has, where a row is about lacking it).',
        '',
        ...table('Behaviour', columns, behaviours),
        '',
      ].join('\n'),
    );
  }
}

function table(title, columns, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [
    line([title, ...columns]),
    line(['---', ...columns.map(() => ':-:')]),
    ...[...rows].map(([name, by]) =>
      line([name.replaceAll('|', '\\|'), ...columns.map((host) => by[host] ?? ' ')]),
    ),
  ];
}

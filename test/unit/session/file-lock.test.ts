import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { transform } from '@swc/core';
import { withFileLock } from '../../../apps/shared/session/file-lock.ts';

const source = new URL('../../../apps/shared/session/', import.meta.url);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wellpod-lock-'));
  // Node 20 runs no TypeScript, and jest compiles for its own process only.
  for (const name of ['file-lock', 'system-error']) {
    const { code } = await transform(await readFile(new URL(`${name}.ts`, source), 'utf8'), {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    await writeFile(join(folder, `${name}.mjs`), code.replaceAll(/(\.\/[\w-]+)\.ts/gu, '$1.mjs'));
  }
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function start(program: string): Promise<ChildProcess> {
  const path = join(folder, 'program.mjs');
  const head = `import { withFileLock } from './file-lock.mjs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
const lock = ${JSON.stringify(join(folder, 'lock'))};
const count = ${JSON.stringify(join(folder, 'count'))};`;
  await writeFile(path, `${head}\n${program}`);
  return spawn(process.execPath, [path], { stdio: ['ignore', 'pipe', 'inherit'] });
}

describe('file lock', () => {
  it('lets one process at a time read, change and write', async () => {
    await writeFile(join(folder, 'count'), '0');
    const program = `for (let n = 0; n < 15; n++) await withFileLock(lock, async () => {
  await writeFile(count, String(Number(await readFile(count, 'utf8')) + 1));
});`;
    const children = [];
    for (let n = 0; n < 3; n++) children.push(await start(program));
    const ends = await Promise.all(children.map((child) => once(child, 'exit')));
    expect(ends.map(([code]) => code as number)).toEqual([0, 0, 0]);
    expect(await readFile(join(folder, 'count'), 'utf8')).toBe('45');
  });

  it('is waited for while its process lives, and taken over when that was killed', async () => {
    const child = await start(`await withFileLock(lock, async () => {
  process.stdout.write('held');
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});`);
    if (child.stdout) await once(child.stdout, 'data');
    const order: string[] = [];
    const mine = withFileLock(join(folder, 'lock'), async () => void order.push('mine'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    order.push('killed');
    child.kill('SIGKILL');
    await mine;
    expect(order).toEqual(['killed', 'mine']);
  });
});

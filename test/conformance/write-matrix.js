import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { matrixFile } from './matrix-reporter.js';

/**
 * Puts the matrix of the last conformance run into `adapters/README.md`; with `--check`, only says
 * (by its exit code) whether the README shows that run.
 */
const readme = 'adapters/README.md';
const [start, end] = ['<!-- matrix:start -->', '<!-- matrix:end -->'];

if (!existsSync(matrixFile)) fail('There is no matrix yet: run the conformance suite first.');
const text = readFileSync(readme, 'utf8');
const [before, rest] = text.split(start);
const [, after] = (rest ?? '').split(end);
if (after === undefined) fail(`${readme} has no place for the matrix (${start} … ${end}).`);
const fresh = await format(
  `${before}${start}\n\n${readFileSync(matrixFile, 'utf8')}\n${end}${after}`,
  { ...(await resolveConfig(readme)), filepath: readme },
);

if (!process.argv.includes('--check')) writeFileSync(readme, fresh);
else if (fresh !== text)
  fail(`The matrix in ${readme} is not that of the last run: npm run matrix.`);

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

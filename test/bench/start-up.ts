import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../../pod-fixtures/community-server/free-port.ts';
import { report } from './figure.ts';

/** Longest times to the line `Ready` that are accepted, the import of the samples included. */
const bars = { first: 60, again: 15 } as const;

const limitMs = 180_000;

/** Seconds until a fresh `wellpod demo` says that it is ready; it is stopped then. */
async function secondsToReady(folder: string, port: number): Promise<number> {
  const main = createRequire(import.meta.url).resolve('#root/dist/apps/cli/main.js');
  const startMs = performance.now();
  const demo = spawn(process.execPath, [main, 'demo', '--port', String(port), '--folder', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: limitMs,
  });
  const exit = once(demo, 'exit');
  let seconds: number | undefined;
  for await (const line of createInterface({ input: demo.stdout })) {
    if (seconds !== undefined || !/^\s*Ready\b/.test(line)) continue;
    seconds = (performance.now() - startMs) / 1000;
    demo.kill('SIGINT');
  }
  await exit;
  if (seconds === undefined) throw new Error('the demo ended before it was ready');
  return seconds;
}

const folder = await mkdtemp(join(tmpdir(), 'wellpod-start-up-'));
try {
  // The demo takes this port and the two after it.
  const port = await freePort();
  let pass = true;
  for (const [name, atMost] of Object.entries(bars)) {
    const value = await secondsToReady(join(folder, 'state'), port);
    const on = `wellpod demo, ${name === 'first' ? 'empty folder, samples imported' : 'folder kept'}`;
    pass =
      report({ name: `start-up, ${name}`, value, unit: 's', bar: { atMost }, runs: 1, on }) && pass;
  }
  process.exitCode = pass ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

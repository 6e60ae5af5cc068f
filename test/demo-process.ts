import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** A demo that runs as users run it: the built command in a process of its own. */
export interface DemoProcess {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  /** Everything it printed so far. */
  output(): string;
  /** Ends it as Ctrl-C does; resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Ends it without a chance to clean up. */
  kill(): Promise<void>;
}

/** Starts the built demo and waits for its `Ready` line. @throws with its output when it ends before. */
export async function startDemo(options: {
  readonly port: number;
  readonly folder?: string;
  readonly args?: readonly string[];
}): Promise<DemoProcess> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'wellpod-demo-')));
  const demo = spawn(
    process.execPath,
    [
      join(root, 'dist/apps/cli/main.js'),
      'demo',
      '--port',
      String(options.port),
      '--folder',
      join(folder, 'demo'),
      ...(options.args ?? []),
    ],
    // Community Solid Server behaves otherwise where it finds itself under test.
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, JEST_WORKER_ID: undefined, NODE_ENV: undefined },
    },
  );
  let printed = '';
  for (const stream of [demo.stdout, demo.stderr])
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString('utf8');
    });
  await ready(demo, () => printed);
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (demo.exitCode === null && demo.signalCode === null) {
      demo.kill(signal);
      await once(demo, 'exit');
    }
    return demo.exitCode;
  };
  return {
    url: `http://localhost:${options.port}/`,
    port: options.port,
    folder,
    output: () => printed,
    async stop() {
      const code = await end('SIGINT');
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
      return code;
    },
    async kill() {
      await end('SIGKILL');
    },
  };
}

async function ready(demo: ChildProcess, printed: () => string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const look = (): void => {
      if (/^Ready/m.test(printed())) resolve();
    };
    demo.stdout?.on('data', look);
    demo.once('exit', (code) => {
      reject(new Error(`The demo ended with ${code} before it was ready:\n${printed()}`));
    });
  });
}

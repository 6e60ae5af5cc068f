import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../dist/apps/cli/main.js', import.meta.url));

/** How a run of the built `wellpod` command ended. */
export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command as a shell would. `environment` replaces every WELLPOD variable of this process. */
export function wellpod(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const own = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('WELLPOD_') && !name.startsWith('JEST_') && name !== 'NODE_ENV',
  );
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [command, ...args],
      { env: { ...Object.fromEntries(own), ...environment }, maxBuffer: 2 ** 28 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        resolve({ exitCode: typeof code === 'number' ? code : -1, stdout, stderr });
      },
    );
  });
}

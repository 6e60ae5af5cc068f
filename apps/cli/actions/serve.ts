import { isSystemError } from '../../shared/session/system-error.ts';
import { CliError } from '../cli-error.ts';
import { loadConfig } from '../config.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { startWebsite } from '../website.ts';

/** What `wellpod serve` takes. */
export interface ServeFlags {
  readonly port: number;
  readonly host: string;
  readonly baseUrl?: string;
  readonly allowPrivate: readonly string[];
}

/** Runs the website until it is interrupted. */
export async function runServe({ port, host, allowPrivate, ...flags }: ServeFlags): Promise<void> {
  const { stateFolder, stateKey } = loadConfig();
  const baseUrl = checkedBaseUrl(flags.baseUrl ?? `http://localhost:${port}/`);
  const website = await startWebsite({
    baseUrl,
    host,
    port,
    stateFolder,
    stateKey,
    allowPrivate,
  }).catch((cause: unknown) => {
    if (!isSystemError(cause, 'EADDRINUSE')) throw cause;
    throw new CliError(
      'unavailable',
      `Port ${port} is taken by another program. Choose another with --port.`,
      { cause },
    );
  });
  console.log(`Ready: ${baseUrl}\nCtrl-C stops it.`);
  await untilInterrupted();
  await website.stop();
}

function checkedBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSecure = url?.protocol === 'https:' || url?.hostname === 'localhost';
  if (
    url === undefined ||
    !isSecure ||
    url.search !== '' ||
    url.hash !== '' ||
    url.pathname !== '/'
  )
    throw new CliError(
      'usage',
      '--base-url takes an https address without a path, such as https://wellpod.example/ (http only for localhost).',
    );
  return url.href;
}

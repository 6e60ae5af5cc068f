import { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { CliError } from '../cli-error.ts';
import { isSystemError } from '../../shared/session/system-error.ts';
import { portOption } from '../options.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { startWebsite } from '../website.ts';

interface ServeFlags {
  readonly port: number;
  readonly host: string;
  readonly baseUrl?: string;
  readonly allowPrivate: readonly string[];
}

/** `wellpod serve`: the website alone, for people with pods anywhere. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('run the website for people with a WebID at any host')
    .addOption(portOption('port to listen on'))
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--base-url <url>', 'address that people open, when a proxy stands before this port')
    .option(
      '--allow-private <host>',
      'an issuer or pod host that is not a public https one, such as localhost:3001; repeatable',
      (host: string, others: readonly string[]) => [...others, host],
      [],
    )
    .action(async ({ port, host, allowPrivate, ...flags }: ServeFlags) => {
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
    });
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

import type { ServeFlags } from '../actions/serve.ts';
import { Command } from 'commander';
import { portOption } from '../options.ts';

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
    .action(async (flags: ServeFlags) => {
      const { runServe } = await import('../actions/serve.ts');
      await runServe(flags);
    });
}

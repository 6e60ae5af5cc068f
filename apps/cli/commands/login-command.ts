import type { LoginFlags } from '../actions/login.ts';
import { Command, Option } from 'commander';
import { jsonOption } from '../options.ts';

/** `wellpod login`: in the browser, or with client credentials from the environment. */
export function loginCommand(): Command {
  return new Command('login')
    .description('log in with your WebID; the login is kept, encrypted, for the other commands')
    .argument(
      '[webid or issuer]',
      'your WebID, or the address of the server you have your account at',
    )
    .option(
      '--client-credentials',
      'use WELLPOD_ISSUER, WELLPOD_CLIENT_ID and WELLPOD_CLIENT_SECRET, without a browser',
      false,
    )
    .option('--no-browser', 'print the address instead of opening a browser')
    .addOption(new Option('--port <port>', 'port to wait on for the browser').argParser(Number))
    .addOption(jsonOption())
    .action(async (who: string | undefined, flags: LoginFlags) => {
      const { runLogin } = await import('../actions/login.ts');
      await runLogin(who, flags);
    });
}

/** `wellpod logout`: forgets the login that `wellpod login` kept. */
export function logoutCommand(): Command {
  return new Command('logout')
    .description('forget the login that was kept, and end it at the issuer')
    .action(async () => {
      const { runLogout } = await import('../actions/login.ts');
      await runLogout();
    });
}

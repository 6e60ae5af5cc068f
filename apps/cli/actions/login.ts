import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline/promises';
import {
  type Person,
  credentialsLogin,
  forgetStored,
  terminalLogin,
} from '../../shared/session/index.ts';
import { CliError } from '../cli-error.ts';
import { type Config, loadConfig } from '../config.ts';

/** What `wellpod login` takes. */
export interface LoginFlags {
  readonly clientCredentials: boolean;
  readonly port?: number;
  readonly browser: boolean;
  readonly json: boolean;
}

/** Logs in, keeps the login for the other commands, and prints who it is. */
export async function runLogin(who: string | undefined, flags: LoginFlags): Promise<void> {
  const config = loadConfig();
  const person = flags.clientCredentials
    ? await withCredentials(config)
    : await inBrowser(who, flags, config);
  console.log(flags.json ? JSON.stringify(summary(person), null, 2) : told(person));
}

/** Ends the login that was kept. */
export async function runLogout(): Promise<void> {
  const { wasLoggedIn } = await forgetStored(loadConfig());
  console.log(wasLoggedIn ? 'Logged out.' : 'Nobody was logged in.');
}

async function withCredentials(config: Config): Promise<Person> {
  if (config.credentials === undefined)
    throw new CliError(
      'usage',
      'Set WELLPOD_ISSUER, WELLPOD_CLIENT_ID and WELLPOD_CLIENT_SECRET first.',
    );
  return credentialsLogin(config.credentials, config, { keep: true });
}

async function inBrowser(
  who: string | undefined,
  flags: LoginFlags,
  config: Config,
): Promise<Person> {
  if (who === undefined)
    throw new CliError('usage', 'Give your WebID, or the address of the server you log in at.');
  return terminalLogin({
    ...config,
    webIdOrIssuer: who,
    openBrowser: (url) => (flags.browser ? openBrowser(url) : undefined),
    print: (line) => console.error(line),
    ...(flags.port !== undefined && { port: flags.port }),
    ...(process.stdin.isTTY && { choose: ask }),
  });
}

/** Asks on the terminal for one of several; an empty or odd answer takes the first. */
async function ask(question: string, options: readonly string[]): Promise<number | undefined> {
  const list = options.map((option, index) => `  ${index + 1}. ${option}`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question}\n${list.join('\n')}\nNumber [1]: `);
  terminal.close();
  const index = Number(answer) - 1;
  return Number.isInteger(index) && index in options ? index : undefined;
}

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

function openBrowser(url: string): void {
  const [program, ...args] = openers[process.platform] ?? ['xdg-open'];
  // Where there is none, the printed address is enough.
  spawn(program, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

function summary({ webId, issuer, pods, chosenStorage, connectedUntil }: Person): object {
  return {
    webId,
    issuer,
    storages: pods.map(({ storageUrl }) => storageUrl),
    chosenStorage,
    connectedUntil: connectedUntil?.toISOString() ?? null,
  };
}

function told({ webId, pods, chosenStorage, connectedUntil }: Person): string {
  return [
    `Logged in as ${webId}.`,
    ...pods.map(
      ({ storageUrl }) =>
        `  storage ${storageUrl}${storageUrl === chosenStorage ? '  (imports go here)' : ''}`,
    ),
    ...(connectedUntil === undefined
      ? []
      : [`Connected until ${connectedUntil.toLocaleString()}.`]),
  ].join('\n');
}

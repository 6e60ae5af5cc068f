import { failureWords } from './failure-words.ts';
import { type ConfirmedLogin, finishLogin } from './finish-login.ts';
import { type LoopbackReceiver, listenForRedirect } from './loopback-receiver.ts';
import { LoginFailure } from './login-failure.ts';
import type { PendingLogin } from './authorization.ts';
import type { Person } from '../person.ts';
import { startLogin, understandLogin } from './start-login.ts';
import { type TerminalState, openTerminalStore, storePerson } from './terminal-store.ts';

/** How a terminal logs its user in. */
export interface TerminalLoginOptions extends TerminalState {
  readonly webIdOrIssuer: string;
  /** Shows the address to the user; may fail, as the address is printed too. */
  readonly openBrowser: (url: string) => Promise<void> | void;
  /** One line for the user. */
  readonly print: (line: string) => void;
  /** Chooses among several: an index, or `undefined` for the first. */
  readonly choose?: (question: string, options: readonly string[]) => Promise<number | undefined>;
  /** To wait on for the browser; absent: a free one. */
  readonly port?: number;
  readonly signal?: AbortSignal;
}

const waitMs = 600_000;

/**
 * Logs the user of a terminal in through their browser, and keeps the login, encrypted, for the
 * commands to come. The client is a registered one, always: an issuer reads a Client ID Document
 * again at every refresh (Community Solid Server 7.2 does), when nobody would be there to serve it.
 * @throws LoginFailure for every way in which it does not come about.
 */
export async function terminalLogin(options: TerminalLoginOptions): Promise<Person> {
  const { print } = options;
  const store = await openTerminalStore(options);
  const { around } = store.outbound;
  const choose = async (question: string, values: readonly string[]): Promise<string> => {
    const index = values.length > 1 ? await options.choose?.(question, values) : 0;
    return values[index ?? 0] ?? values[0] ?? '';
  };

  const target = await understandLogin(options.webIdOrIssuer, around);
  const issuer = await choose('Where do you want to log in?', target.issuers);
  const receiver = await listenForRedirect(options.port);
  try {
    const description = {
      name: 'Wellpod (terminal)',
      native: true,
      redirectUrl: receiver.redirectUrl,
    };
    const { url, pending } = await startLogin(
      { issuer, expectedWebId: target.webId },
      { description, registrations: store.registrations, around },
    );
    print('Log in with your browser. If it does not open, go to this address yourself:');
    print(url);
    const received = receiveLogin(receiver, pending, {
      finish: (returned) => finishLogin(pending, returned, around),
      signal: deadline(options.signal),
    });
    // Not awaited: some browsers, and the commands that start them, return only when closed.
    void showIn(options.openBrowser, url);
    const login = await received;
    const storage = await choose('Which storage do imports go to?', login.storages);
    return await storePerson(store, login, storage);
  } finally {
    receiver.close();
  }
}

async function showIn(open: TerminalLoginOptions['openBrowser'], url: string): Promise<void> {
  try {
    await open(url);
  } catch {
    // The address was printed.
  }
}

function deadline(signal: AbortSignal | undefined): AbortSignal {
  const late = AbortSignal.timeout(waitMs);
  return signal === undefined ? late : AbortSignal.any([late, signal]);
}

type Outcome = { readonly login: ConfirmedLogin } | { readonly failure: LoginFailure };

async function receiveLogin(
  receiver: LoopbackReceiver,
  pending: PendingLogin,
  {
    finish,
    signal,
  }: {
    readonly finish: (returned: URLSearchParams) => Promise<ConfirmedLogin>;
    readonly signal: AbortSignal;
  },
): Promise<ConfirmedLogin> {
  const take = async (returned: URLSearchParams) => {
    // Another page in the browser may call this address too: only ours knows the state.
    if (returned.get('state') !== pending.state) return { answer: answerTo('login-unknown') };
    try {
      const login = await finish(returned);
      const text = 'You are logged in. Close this window and go back to the terminal.';
      return { answer: { status: 200, text }, result: { login } satisfies Outcome };
    } catch (error) {
      if (!(error instanceof LoginFailure)) throw error;
      return { answer: answerOf(error), result: { failure: error } satisfies Outcome };
    }
  };
  let outcome: Outcome;
  try {
    outcome = await receiver.receive<Outcome>(take, signal);
  } catch (cause) {
    const isLate = cause instanceof Error && cause.name === 'TimeoutError';
    throw isLate ? new LoginFailure('login-expired', { cause }) : cause;
  }
  if ('failure' in outcome) throw outcome.failure;
  return outcome.login;
}

function answerTo(code: 'login-unknown'): { status: number; text: string } {
  return answerOf(new LoginFailure(code));
}

function answerOf(failure: LoginFailure): { status: number; text: string } {
  const { status, title, advice } = failureWords(failure);
  return { status, text: `${title}. ${advice}` };
}

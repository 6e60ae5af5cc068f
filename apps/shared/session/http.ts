import { z } from 'zod';
import { PodError } from '../../../adapters/contract/index.ts';
import { LoginFailure } from './login-failure.ts';

/** What a request needs from its surroundings; tests pass their own. */
export interface Surroundings {
  /** The guarded fetch: every address here comes from outside. */
  readonly fetch: typeof fetch;
  /** UTC epoch milliseconds. */
  readonly now: () => number;
}

const timeoutMs = 10_000;

/**
 * A request to a server that someone named. A redirect is followed for GET alone: a body with a
 * code or a secret goes to the announced address or nowhere.
 * @throws LoginFailure `unreachable`, or `not-allowed` from the guarded fetch.
 */
export async function ask(
  url: string,
  init: RequestInit,
  { fetch }: Surroundings,
): Promise<Response> {
  const redirect = init.method === undefined || init.method === 'GET' ? 'follow' : 'manual';
  try {
    return await fetch(url, { redirect, signal: AbortSignal.timeout(timeoutMs), ...init });
  } catch (cause) {
    throw new LoginFailure(isRefusal(cause) ? 'not-allowed' : 'unreachable', {
      host: hostOf(url),
      cause,
    });
  }
}

/** How far the server's clock is ahead of ours, in ms; 0 where it sends no date. */
export function clockOffsetMs(response: Response, now: () => number): number {
  const date = Date.parse(response.headers.get('date') ?? '');
  if (Number.isNaN(date)) return 0;
  // `Date` has whole seconds: below two the difference says nothing.
  const offset = date - now();
  return Math.abs(offset) < 2000 ? 0 : offset;
}

/** Host and port of a URL, for words to the user. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

/** An http(s) URL without credentials in it. */
export const webUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
});

/** The guarded fetch says so of addresses that this installation must not reach. */
export function isRefusal(error: unknown): boolean {
  return PodError.is(error) && error.code === 'POD_INVALID';
}

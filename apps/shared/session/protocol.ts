import * as oauth from 'oauth4webapi';
import { type Surroundings, ask } from './http.ts';

interface LibraryRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: BodyInit | null | undefined;
}

/**
 * What sends every request of the protocol library through {@link ask}. Which addresses may be
 * plain http is for the guarded fetch and `discoverIssuer` to say, not for the library.
 */
export function throughGuard(around: Surroundings): {
  readonly [oauth.customFetch]: (url: string, request: LibraryRequest) => Promise<Response>;
  readonly [oauth.allowInsecureRequests]: true;
} {
  return {
    [oauth.customFetch]: (url, { method, headers, body }) =>
      ask(url, { method, headers, body: body ?? null }, around),
    [oauth.allowInsecureRequests]: true,
  };
}

/** What may be kept of the library's errors: their own causes hold tokens and claims. */
export function withoutSecrets(error: unknown): Error | undefined {
  return error instanceof Error ? new Error(error.message) : undefined;
}

import { PodError } from '../contract/index.ts';

/** A request taken apart, so that it can be sent again or elsewhere. */
export interface RequestParts {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: BodyInit | null;
  readonly redirect: RequestRedirect;
  readonly signal: AbortSignal | undefined;
}

const defaults = {
  method: 'GET',
  headers: {},
  body: null,
  redirect: 'follow',
  signal: undefined,
} as const;

/**
 * What the arguments of a `fetch` mean together. No `Request` is made of them: each would hang a
 * listener on the signal until it is collected, and a signal may serve thousands of requests.
 * @throws PodError `POD_INVALID` for an address that is none.
 */
export function requestParts(input: RequestInfo | URL, init: RequestInit = {}): RequestParts {
  const given = input instanceof Request ? input : undefined;
  const base = given ?? defaults;
  const address = input instanceof Request ? input.url : input;
  if (!URL.canParse(address)) {
    throw new PodError('POD_INVALID', 'This is not an address that can be fetched');
  }
  return {
    url: new URL(address),
    method: (init.method ?? base.method).toUpperCase(),
    headers: new Headers(init.headers ?? base.headers),
    body: init.body ?? base.body,
    redirect: init.redirect ?? base.redirect,
    signal: init.signal ?? base.signal,
  };
}

/** The init of a `fetch` that sends the parts. */
export function initOf({ method, headers, body, redirect, signal }: RequestParts): RequestInit {
  // Node wants `duplex` for a streamed body; the type of the standard library does not know it.
  const duplex = body instanceof ReadableStream ? { duplex: 'half' } : {};
  return { method, headers, body, redirect, ...(signal && { signal }), ...duplex };
}

/** Aborts when either does; the reason is that of the first. */
export function eitherSignal(caller: AbortSignal | undefined, own: AbortSignal): AbortSignal {
  return caller === undefined ? own : AbortSignal.any([caller, own]);
}

/** Headers that tell who is asking: for the address they were made for alone. */
export function withoutSecrets(given: Headers): Headers {
  const headers = new Headers(given);
  for (const name of ['authorization', 'cookie', 'dpop', 'proxy-authorization']) {
    headers.delete(name);
  }
  return headers;
}

/** Where a redirect leads, or `undefined` for any other answer. */
export function redirectTarget(response: Response, base: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  const location = response.headers.get('location');
  if (location === null || !URL.canParse(location, base)) return undefined;
  return new URL(location, base);
}

/** A redirect that is not followed: of a write, one too many, or where none was wanted. */
export function refusedRedirect(url: URL, status: number): PodError {
  return new PodError('POD_INVALID', 'The address leads on to others, and is not followed', {
    url: url.href,
    status,
  });
}

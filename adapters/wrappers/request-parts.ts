import { PodError } from '../contract/index.ts';

/** A request taken apart, so that it can be sent again or elsewhere. */
export interface RequestParts {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: BodyInit | null;
  readonly redirect: RequestRedirect;
  readonly signal: AbortSignal;
}

/**
 * What the arguments of a `fetch` mean together.
 * @throws PodError `POD_INVALID` when they are no request, as for an address that is none.
 */
export function requestParts(input: RequestInfo | URL, init: RequestInit = {}): RequestParts {
  // The body goes past `Request`, which would take it over.
  const { body = null, ...rest } = init;
  try {
    const request = new Request(input, rest);
    return {
      url: new URL(request.url),
      method: request.method,
      headers: new Headers(request.headers),
      body: body ?? request.body,
      redirect: request.redirect,
      signal: request.signal,
    };
  } catch (cause) {
    // No `url` here: it may be one with a password in it.
    throw new PodError('POD_INVALID', 'This is not an address that can be fetched', { cause });
  }
}

/** The init of a `fetch` that sends the parts. */
export function initOf({ method, headers, body, redirect, signal }: RequestParts): RequestInit {
  // Node wants `duplex` for a streamed body; the type of the standard library does not know it.
  const duplex = body instanceof ReadableStream ? { duplex: 'half' } : {};
  return { method, headers, body, redirect, signal, ...duplex };
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

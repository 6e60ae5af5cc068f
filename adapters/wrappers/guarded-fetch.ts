import { Agent, type RequestInit as UndiciRequestInit, fetch as undiciFetch } from 'undici';
import { PodError } from '../contract/index.ts';
import { limitBody } from './limited-body.ts';
import {
  type AllowPrivate,
  type ResolveHost,
  checkOutboundUrl,
  isAllowedPrivate,
  publicLookup,
  resolveHost,
} from './outbound-address.ts';

/** Bounds of the one fetch for addresses that others gave us. */
export interface GuardOptions {
  /** Default: none, that is public https only. */
  readonly allowPrivate?: AllowPrivate;
  /** Of the body after decompression. Default 5 MiB. */
  readonly maxBodyBytes?: number;
  /** For the headers, of all redirects together. Default 10 s. */
  readonly headersTimeoutMs?: number;
  /** For everything, to the last byte of the body. Default 30 s. */
  readonly totalTimeoutMs?: number;
  /** Default 5. */
  readonly maxRedirects?: number;
  readonly resolve?: ResolveHost;
}

/** The sockets behind a guard; the notification client opens its WebSockets through the same ones. */
export interface OutboundConnections {
  /** @throws PodError `POD_INVALID` for a URL that must not be reached. */
  dispatcherFor(url: URL): Agent;
}

// What only the first server may see; the fetch standard keeps the first three to an origin too.
const secretHeaders = ['authorization', 'cookie', 'proxy-authorization', 'dpop'];

/** Makes the connections of a guard: checked ones, and free ones for what is allowed by name. */
export function outboundConnections(options: GuardOptions = {}): OutboundConnections {
  const { allowPrivate = false, resolve = resolveHost } = options;
  const sockets = { headersTimeout: 0, bodyTimeout: 0, connections: 32 };
  const guarded = new Agent({ ...sockets, connect: { lookup: publicLookup(resolve) } });
  const free = new Agent(sockets);
  return {
    dispatcherFor(url) {
      checkOutboundUrl(url, allowPrivate);
      return isAllowedPrivate(url, allowPrivate) ? free : guarded;
    },
  };
}

/**
 * The fetch for every address that comes from outside (a WebID, an issuer, a link): public
 * addresses only, resolved once and connected to as checked, redirects followed by hand and
 * checked again, bounded in bytes, time and redirects. Fails with `PodError`:
 * `POD_INVALID` for what can never be fetched, `POD_UNAVAILABLE` for what did not answer in time.
 * An abort of the caller's signal rejects with its reason.
 */
export function guardedFetch(
  options: GuardOptions = {},
  connections: OutboundConnections = outboundConnections(options),
): typeof fetch {
  const limits = { maxBodyBytes: 5 * 2 ** 20, maxRedirects: 5, ...options };

  return async (input, init) => {
    // The body goes past `Request`, which would take it over and could not be sent by undici.
    const { body = null, ...rest } = init ?? {};
    const request = new Request(input, rest);
    const clock = timer(request.signal, options);
    try {
      const response = await follow(request, body ?? request.body, {
        connections,
        signal: clock.signal,
        maxRedirects: request.redirect === 'follow' ? limits.maxRedirects : 0,
      });
      clock.headersArrived();
      return limitBody(response, {
        url: response.url,
        maxBytes: limits.maxBodyBytes,
        onEnd: clock.stop,
        mapError: (error) => outcome(error, clock, request.url),
      });
    } catch (error) {
      clock.stop();
      throw outcome(error, clock, request.url);
    }
  };
}

interface Hop {
  readonly connections: OutboundConnections;
  readonly signal: AbortSignal;
  readonly maxRedirects: number;
}

async function follow(first: Request, body: BodyInit | null, hop: Hop): Promise<Response> {
  const headers = new Headers(first.headers);
  const readOnly = first.method === 'GET' || first.method === 'HEAD';
  let url = new URL(first.url);
  for (let redirects = 0; ; redirects++) {
    const response = await sendOnce(url, { method: first.method, headers, body }, hop);
    const target = redirectTarget(response, url);
    if (target === undefined || first.redirect === 'manual') return response;
    await response.body?.cancel();
    if (first.redirect === 'error' || !readOnly || redirects >= hop.maxRedirects) {
      throw new PodError('POD_INVALID', 'The address leads on to others too often', {
        url: url.href,
        status: response.status,
      });
    }
    if (target.origin !== url.origin) for (const name of secretHeaders) headers.delete(name);
    url = target;
  }
}

async function sendOnce(
  url: URL,
  parts: { readonly method: string; readonly headers: Headers; readonly body: BodyInit | null },
  { connections, signal }: Hop,
): Promise<Response> {
  const init = {
    method: parts.method,
    headers: [...parts.headers],
    body: parts.body,
    ...(parts.body instanceof ReadableStream && { duplex: 'half' }),
    redirect: 'manual',
    signal,
    dispatcher: connections.dispatcherFor(url),
  };
  // Node's own fetch is another copy of undici and does not take this copy's dispatcher.
  return (await undiciFetch(url, init as UndiciRequestInit)) as unknown as Response;
}

function redirectTarget(response: Response, base: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  const location = response.headers.get('location');
  if (location === null || !URL.canParse(location, base)) return undefined;
  return new URL(location, base);
}

interface Timer {
  readonly signal: AbortSignal;
  headersArrived(): void;
  stop(): void;
}

function timer(caller: AbortSignal, options: GuardOptions): Timer {
  const { headersTimeoutMs = 10_000, totalTimeoutMs = 30_000 } = options;
  const late = new AbortController();
  const abort = (): void => {
    late.abort(new PodError('POD_UNAVAILABLE', 'The address did not answer in time'));
  };
  const headers = setTimeout(abort, Math.min(headersTimeoutMs, totalTimeoutMs));
  const total = setTimeout(abort, totalTimeoutMs);
  return {
    signal: AbortSignal.any([caller, late.signal]),
    headersArrived: () => {
      clearTimeout(headers);
    },
    stop: () => {
      clearTimeout(headers);
      clearTimeout(total);
    },
  };
}

/** What the caller gets for a failure: its own abort reason, a `PodError`, or "unavailable". */
function outcome(error: unknown, { signal }: Timer, url: string): unknown {
  if (signal.aborted) return signal.reason;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (PodError.is(cause)) return new PodError(cause.code, cause.message, { url, cause: error });
  }
  return new PodError('POD_UNAVAILABLE', 'The address did not answer', { url, cause: error });
}

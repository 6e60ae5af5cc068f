import { Agent, fetch as undiciFetch } from 'undici';
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
import {
  type RequestParts,
  eitherSignal,
  redirectTarget,
  refusedRedirect,
  requestParts,
  withoutSecrets,
} from './request-parts.ts';

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
  /** Ends the connections once their requests are done. */
  close(): Promise<void>;
}

/** Makes the connections of a guard: checked ones, and free ones for what is allowed by name. */
export function outboundConnections(options: GuardOptions = {}): OutboundConnections {
  const { allowPrivate = false, resolve = resolveHost } = options;
  // The guard has its own clocks, which also hold for the body as a whole.
  const sockets = { headersTimeout: 0, bodyTimeout: 0, connections: 32 };
  const guarded = new Agent({ ...sockets, connect: { lookup: publicLookup(resolve) } });
  const free = new Agent(sockets);
  return {
    dispatcherFor(url) {
      checkOutboundUrl(url, allowPrivate);
      return isAllowedPrivate(url, allowPrivate) ? free : guarded;
    },
    close: async () => {
      await Promise.all([guarded.close(), free.close()]);
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
  const { maxBodyBytes = 5 * 2 ** 20, maxRedirects = 5 } = options;

  return async (input, init) => {
    const parts = requestParts(input, init);
    const clock = timer(parts.signal, options);
    try {
      const response = await follow({ ...parts, signal: clock.signal }, connections, maxRedirects);
      clock.headersArrived();
      return limitBody(response, {
        url: parts.url.href,
        maxBytes: maxBodyBytes,
        onEnd: clock.stop,
        mapError: (error) => outcome(error, clock, parts.url),
      });
    } catch (error) {
      clock.stop();
      throw outcome(error, clock, parts.url);
    }
  };
}

async function follow(
  parts: RequestParts,
  connections: OutboundConnections,
  maxRedirects: number,
): Promise<Response> {
  const mayFollow =
    parts.redirect === 'follow' && (parts.method === 'GET' || parts.method === 'HEAD');
  let { url, headers } = parts;
  for (let redirects = 0; ; redirects++) {
    const response = await sendOnce({ ...parts, url, headers }, connections);
    const target = redirectTarget(response, url);
    if (target === undefined || parts.redirect === 'manual') return response;
    await response.body?.cancel();
    if (!mayFollow || redirects >= maxRedirects) throw refusedRedirect(url, response.status);
    if (target.origin !== url.origin) headers = withoutSecrets(headers);
    url = target;
  }
}

async function sendOnce(
  { url, method, headers, body, signal }: RequestParts,
  connections: OutboundConnections,
): Promise<Response> {
  // Node's own fetch is another copy of undici, which does not take this copy's dispatcher; its
  // classes are the same in all but name, which the types cannot know.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const send = undiciFetch as unknown as (url: URL, init: object) => Promise<Response>;
  return send(url, {
    method,
    headers: [...headers],
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
    redirect: 'manual',
    signal,
    dispatcher: connections.dispatcherFor(url),
  });
}

interface Timer {
  readonly signal: AbortSignal;
  headersArrived(): void;
  stop(): void;
}

function timer(caller: AbortSignal | undefined, options: GuardOptions): Timer {
  const { headersTimeoutMs = 10_000, totalTimeoutMs = 30_000 } = options;
  const late = new AbortController();
  const abort = (): void => {
    late.abort(new PodError('POD_UNAVAILABLE', 'The address did not answer in time'));
  };
  // A body that nobody reads must not keep the process; one that is read has its socket for that.
  const headers = setTimeout(abort, Math.min(headersTimeoutMs, totalTimeoutMs)).unref();
  const total = setTimeout(abort, totalTimeoutMs).unref();
  return {
    signal: eitherSignal(caller, late.signal),
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
function outcome(error: unknown, { signal }: Timer, asked: URL): unknown {
  if (signal.aborted) return signal.reason;
  const url = new URL(asked);
  // Errors are logged; a password in an address must not be.
  [url.username, url.password] = ['', ''];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!PodError.is(cause)) continue;
    const { code, message, status } = cause;
    const details = { url: url.href, cause: error, ...(status !== undefined && { status }) };
    return new PodError(code, message, details);
  }
  return new PodError('POD_UNAVAILABLE', 'The address did not answer', {
    url: url.href,
    cause: error,
  });
}

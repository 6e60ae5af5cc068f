import { PodError, type PodErrorCode } from '../contract/index.ts';
import { limitBody } from '../wrappers/limited-body.ts';
import { retryAfterMs } from '../wrappers/retry-after.ts';
import { encodeUrl } from './encode-url.ts';

/** A request of the Solid protocol: what `fetch` takes, and which failing statuses are answers. */
export interface SendInit extends Omit<RequestInit, 'signal'> {
  readonly signal?: AbortSignal | undefined;
  /** Statuses besides 2xx that the caller handles itself. */
  readonly accepted?: readonly number[];
}

/**
 * Sends one request and turns every failure into a `PodError`, one in the middle of the answer's
 * body too. Messages hold neither addresses nor anything the pod said; the address is on the error
 * as `url`.
 */
export async function send(
  request: typeof fetch,
  url: string,
  { accepted = [], signal, ...init }: SendInit = {},
): Promise<Response> {
  const method = init.method ?? 'GET';
  let response: Response;
  try {
    response = await request(encodeUrl(url), {
      ...init,
      ...(init.body instanceof ReadableStream && { duplex: 'half' }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    if (PodError.is(error)) throw error;
    throw new PodError('POD_UNAVAILABLE', 'The pod did not answer', { url, cause: error });
  }
  if (!response.ok && !accepted.includes(response.status)) {
    throw await failure(response, method, url);
  }
  return limitBody(response, {
    url,
    maxBytes: Infinity,
    mapError: (error) => brokenOff(error, url, signal),
  });
}

/** A connection that breaks in mid-body is the pod being unavailable, not a stray TypeError. */
function brokenOff(error: unknown, url: string, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted === true) return signal.reason;
  if (PodError.is(error)) return error;
  return new PodError('POD_UNAVAILABLE', 'The pod broke off its answer', { url, cause: error });
}

async function failure(response: Response, method: string, url: string): Promise<PodError> {
  const { status } = response;
  const full = status === 500 && method !== 'GET' && (await saysDiskFull(response));
  await response.body?.cancel().catch(() => undefined);
  const waitMs = retryAfterMs(response, Date.now());
  const code = full ? 'POD_FULL' : codeFor(status);
  return new PodError(code, `${reasons[code]} (${method} answered ${status})`, {
    url,
    status,
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
  });
}

const reasons: Readonly<Record<PodErrorCode, string>> = {
  POD_NOT_FOUND: 'There is nothing at this address of the pod',
  POD_UNAUTHENTICATED: 'The pod asks for a login',
  POD_FORBIDDEN: 'The pod does not allow this',
  POD_PRECONDITION_FAILED: 'The resource is not in the state that was expected',
  POD_INVALID: 'The pod refuses the request',
  POD_UNSUPPORTED: 'The pod cannot do this',
  POD_FULL: 'The pod has no room for this',
  POD_UNAVAILABLE: 'The pod is not available now',
};

const codes: ReadonlyMap<number, PodErrorCode> = new Map<number, PodErrorCode>([
  [401, 'POD_UNAUTHENTICATED'],
  [403, 'POD_FORBIDDEN'],
  [404, 'POD_NOT_FOUND'],
  [405, 'POD_UNSUPPORTED'],
  [408, 'POD_UNAVAILABLE'],
  [410, 'POD_NOT_FOUND'],
  [412, 'POD_PRECONDITION_FAILED'],
  [413, 'POD_FULL'], // what Solid hosts say for a quota
  [423, 'POD_UNAVAILABLE'],
  [425, 'POD_UNAVAILABLE'],
  [428, 'POD_PRECONDITION_FAILED'],
  [429, 'POD_UNAVAILABLE'],
  [501, 'POD_UNSUPPORTED'],
  [507, 'POD_FULL'],
]);

/** The code for a status; the hosts agree on these, deviations are handled in their folders. */
export function codeFor(status: number): PodErrorCode {
  return codes.get(status) ?? (status >= 500 ? 'POD_UNAVAILABLE' : 'POD_INVALID');
}

/** A full disk is a plain 500 on Community Solid Server; only the system's word in the text tells. */
async function saysDiskFull(response: Response): Promise<boolean> {
  const reader = response.body?.getReader();
  const first = await reader?.read().catch(() => undefined);
  await reader?.cancel().catch(() => undefined);
  return /ENOSPC|EDQUOT/.test(new TextDecoder().decode(first?.value));
}

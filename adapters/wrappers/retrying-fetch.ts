import { setTimeout as pause } from 'node:timers/promises';
import { PodError } from '../contract/index.ts';
import { type RequestParts, initOf, requestParts } from './request-parts.ts';
import { retryAfterMs } from './retry-after.ts';

/** How long and how often to try again. Clock, dice and sleep are parameters for tests. */
export interface RetryOptions {
  /** Requests in all, the first included. Default 5. */
  readonly attempts?: number;
  /** Upper bound of the first wait; doubles each time. Default 250. */
  readonly baseDelayMs?: number;
  /** Default 10 s. */
  readonly maxDelayMs?: number;
  /** No wait begins that would end later than this after the start. Default 60 s. */
  readonly maxTotalMs?: number;
  /** UTC epoch milliseconds. */
  readonly now?: () => number;
  /** In [0, 1). */
  readonly random?: () => number;
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

const transientStatuses = new Set([408, 425, 429, 502, 503, 504]);

/**
 * Repeats requests that failed for a moment, with full-jitter backoff and the wait a host asks for
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 *
 * Repeated are only requests for which "was the first one applied?" has no consequence: reads, and
 * unconditional PUT and DELETE with a body that can be sent again. A conditional write is repeated
 * after 429 alone: after any other failure it may have been applied, a repetition would answer 412
 * for our own write, and that doubt belongs to the caller (`writeVerified`).
 *
 * @throws PodError `POD_UNAVAILABLE` with `retryAfterMs` when it gives up.
 */
export function retryingFetch(inner: typeof fetch, options: RetryOptions = {}): typeof fetch {
  const { attempts = 5, maxTotalMs = 60_000, now = Date.now, sleep = sleepFor } = options;

  return async (input, init) => {
    const parts = requestParts(input, init);
    const repeatable = repeatability(parts);
    const startedMs = now();
    for (let attempt = 1; ; attempt++) {
      const result = await outcome(inner, parts);
      if (!isWorthRepeating(result, repeatable)) return settle(result);
      const askedMs = result.response && retryAfterMs(result.response, now());
      const waitMs = delay(attempt, askedMs, options);
      if (attempt >= attempts || now() - startedMs + waitMs > maxTotalMs) {
        throw await giveUp(result, parts.url.href, askedMs);
      }
      await result.response?.body?.cancel();
      await sleep(waitMs, parts.signal);
    }
  };
}

type Outcome =
  | { readonly response: Response }
  | { readonly response?: undefined; readonly error: unknown; readonly aborted: boolean };

async function outcome(inner: typeof fetch, parts: RequestParts): Promise<Outcome> {
  try {
    return { response: await inner(parts.url.href, initOf(parts)) };
  } catch (error) {
    return { error, aborted: parts.signal?.aborted === true };
  }
}

function settle(result: Outcome): Response {
  if (result.response) return result.response;
  throw result.error;
}

/** `refused`: only after an answer that says the request was not looked at. */
type Repeatable = 'always' | 'refused' | 'never';

const readOnly = new Set(['GET', 'HEAD', 'OPTIONS']);

function repeatability({ method, headers, body }: RequestParts): Repeatable {
  if (readOnly.has(method)) return 'always';
  if (body instanceof ReadableStream) return 'never';
  const conditional = headers.has('if-match') || headers.has('if-none-match');
  return (method === 'PUT' || method === 'DELETE') && !conditional ? 'always' : 'refused';
}

function isWorthRepeating(result: Outcome, repeatable: Repeatable): boolean {
  if (repeatable === 'never') return false;
  if (result.response) {
    const { status } = result.response;
    return repeatable === 'always' ? transientStatuses.has(status) : status === 429;
  }
  if (repeatable === 'refused' || result.aborted) return false;
  return !PodError.is(result.error) || result.error.code === 'POD_UNAVAILABLE';
}

function delay(attempt: number, askedMs: number | undefined, options: RetryOptions): number {
  const { baseDelayMs = 250, maxDelayMs = 10_000, random = Math.random } = options;
  const jitterMs = random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (attempt - 1));
  // What was asked for is a lower bound; the jitter keeps many clients from returning at once.
  return (askedMs ?? 0) + jitterMs;
}

async function giveUp(
  result: Outcome,
  url: string,
  askedMs: number | undefined,
): Promise<PodError> {
  const message = 'The pod is not available now';
  if (!result.response) {
    return new PodError('POD_UNAVAILABLE', message, { url, cause: result.error });
  }
  await result.response.body?.cancel();
  return new PodError('POD_UNAVAILABLE', message, {
    url,
    status: result.response.status,
    ...(askedMs !== undefined && { retryAfterMs: askedMs }),
  });
}

async function sleepFor(ms: number, signal?: AbortSignal): Promise<void> {
  await pause(ms, undefined, signal && { signal }).catch((error: unknown) => {
    throw signal?.aborted === true ? signal.reason : error;
  });
}

import { setTimeout as pause } from 'node:timers/promises';
import { PodError } from '../contract/index.ts';
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
  const { attempts = 5, now = Date.now } = options;

  return async (input, init) => {
    const repeatable = repeatability(input, init);
    const startedMs = now();
    for (let attempt = 1; ; attempt++) {
      const result = await outcome(inner, input, init);
      if (!isWorthRepeating(result, repeatable)) return settle(result);
      const askedMs = result instanceof Response ? retryAfterMs(result, now()) : undefined;
      const waitMs = delay(attempt, askedMs, options);
      const { maxTotalMs = 60_000, sleep = sleepFor } = options;
      if (attempt >= attempts || now() - startedMs + waitMs > maxTotalMs) {
        throw await giveUp(result, urlOf(input), askedMs);
      }
      if (result instanceof Response) await result.body?.cancel();
      await sleep(waitMs, signalOf(input, init));
    }
  };
}

type Outcome = Response | { readonly error: unknown; readonly aborted: boolean };

async function outcome(
  inner: typeof fetch,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Promise<Outcome> {
  try {
    return await inner(input, init);
  } catch (error) {
    return { error, aborted: signalOf(input, init)?.aborted === true };
  }
}

function settle(result: Outcome): Response {
  if (result instanceof Response) return result;
  throw result.error;
}

/** `refused`: only after an answer that says the request was not looked at. */
type Repeatable = 'always' | 'refused' | 'never';

function repeatability(input: RequestInfo | URL, init: RequestInit | undefined): Repeatable {
  const given = input instanceof Request ? input : undefined;
  const method = (init?.method ?? given?.method ?? 'GET').toUpperCase();
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return 'always';
  const body = init?.body ?? given?.body ?? null;
  if (body instanceof ReadableStream) return 'never';
  const headers = new Headers(init?.headers ?? given?.headers);
  const conditional = headers.has('if-match') || headers.has('if-none-match');
  return (method === 'PUT' || method === 'DELETE') && !conditional ? 'always' : 'refused';
}

function isWorthRepeating(result: Outcome, repeatable: Repeatable): boolean {
  if (repeatable === 'never') return false;
  if (result instanceof Response) {
    return repeatable === 'always' ? transientStatuses.has(result.status) : result.status === 429;
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
  if (!(result instanceof Response)) {
    return new PodError('POD_UNAVAILABLE', message, { url, cause: result.error });
  }
  await result.body?.cancel();
  return new PodError('POD_UNAVAILABLE', message, {
    url,
    status: result.status,
    ...(askedMs !== undefined && { retryAfterMs: askedMs }),
  });
}

function urlOf(input: RequestInfo | URL): string {
  return input instanceof Request ? input.url : String(input);
}

function signalOf(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): AbortSignal | undefined {
  return init?.signal ?? (input instanceof Request ? input.signal : undefined);
}

async function sleepFor(ms: number, signal?: AbortSignal): Promise<void> {
  await pause(ms, undefined, signal && { signal }).catch((error: unknown) => {
    throw signal?.aborted === true ? signal.reason : error;
  });
}

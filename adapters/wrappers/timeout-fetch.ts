import { PodError } from '../contract/index.ts';
import { limitBody } from './limited-body.ts';
import { eitherSignal, initOf, requestParts } from './request-parts.ts';

/** How long a request may stand still. */
export interface TimeoutOptions {
  /** Until the headers of the answer, the upload included. Default 60 s. */
  readonly headersTimeoutMs?: number;
  /** Between two parts of the body. Default 30 s. */
  readonly idleTimeoutMs?: number;
}

/**
 * A fetch that fails with `POD_UNAVAILABLE` when the host falls silent. The caller's own signal
 * still works and rejects with its own reason.
 */
export function timeoutFetch(inner: typeof fetch, options: TimeoutOptions = {}): typeof fetch {
  const { headersTimeoutMs = 60_000, idleTimeoutMs = 30_000 } = options;

  return async (input, init) => {
    const parts = requestParts(input, init);
    const url = parts.url.href;
    const late = new AbortController();
    const signal = eitherSignal(parts.signal, late.signal);
    let clock: NodeJS.Timeout | undefined;
    const wait = (ms: number): void => {
      clearTimeout(clock);
      clock = setTimeout(() => {
        late.abort(new PodError('POD_UNAVAILABLE', 'The pod did not answer in time', { url }));
      }, ms).unref();
    };
    const orReason = (error: unknown): unknown => (signal.aborted ? signal.reason : error);

    wait(headersTimeoutMs);
    const response = await inner(url, initOf({ ...parts, signal })).catch((error: unknown) => {
      clearTimeout(clock);
      throw orReason(error);
    });
    wait(idleTimeoutMs);
    return limitBody(response, {
      url,
      maxBytes: Infinity,
      onChunk: () => {
        wait(idleTimeoutMs);
      },
      onEnd: () => {
        clearTimeout(clock);
      },
      mapError: orReason,
    });
  };
}

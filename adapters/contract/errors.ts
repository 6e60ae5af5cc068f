/**
 * Why a pod operation failed, one code per reaction open to the caller.
 *
 * The HTTP status is kept on the error for logs, but callers branch on the code: NSS
 * answers 500 where CSS answers 409 for the same mistake.
 */
export type PodErrorCode =
  | 'POD_NOT_FOUND' // create it, or tell the user
  | 'POD_UNAUTHENTICATED' // log in again
  | 'POD_FORBIDDEN' // ask the owner for access
  | 'POD_PRECONDITION_FAILED' // read again, merge, retry
  | 'POD_INVALID' // fix the request: it can never succeed
  | 'POD_UNSUPPORTED' // take the other code path
  | 'POD_FULL' // free space, write less at once, or choose another pod
  | 'POD_UNAVAILABLE'; // wait and try again

/** Everything known about the failure besides its code and message. */
export interface PodErrorDetails {
  readonly url?: string;
  readonly status?: number;
  /** How long the pod asked us to wait, from `Retry-After`. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

const marker = Symbol.for('wellpod.PodError');

/** The only error an adapter lets out. Anything else escaping is a bug in the adapter. */
export class PodError extends Error {
  override readonly name = 'PodError';
  readonly [marker] = true;
  readonly code: PodErrorCode;
  readonly url: string | undefined;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: PodErrorCode, message: string, details: PodErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.url = details.url;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
  }

  /** True across realms and duplicate installs, where `instanceof` is not. */
  static is(error: unknown): error is PodError {
    return typeof error === 'object' && error !== null && marker in error;
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { type PodAdapter, PodError, type WriteOptions } from '../contract/index.ts';
import { collectBytes, equalBytes } from './bytes.ts';

/** What to write: bytes that can be sent, and compared, again. */
export interface VerifiableBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

export interface VerifiedWriteOptions extends WriteOptions {
  /**
   * True when the URL determines the content (an immutable batch): other bytes found there can
   * only be a torn copy, and are replaced under their ETag.
   */
  readonly repair?: boolean;
  /** Writes in all. Default 4. */
  readonly attempts?: number;
  /** Waits before the given attempt (2, 3, …) with what the host asked for. */
  readonly sleep?: (attempt: number, retryAfterMs?: number) => Promise<void>;
}

/** What is now in the pod. */
export interface VerifiedWrite {
  /** Absent where nobody had to look: the host's answer to a write has none on some hosts. */
  readonly etag?: string;
  /** True when the bytes were found there, by an earlier write of ours or of another program. */
  readonly alreadyThere: boolean;
}

/**
 * Writes so that an acknowledged write is in the pod once. A lost answer, an error after sending
 * (some hosts apply the write all the same) or a 412 for one's own write is a doubt; each doubt is
 * settled by reading back and comparing bytes.
 *
 * @throws PodError `POD_PRECONDITION_FAILED` when somebody else's bytes are there: read, merge,
 * write again. `POD_UNAVAILABLE` when the doubt could not be settled in the attempts given.
 */
export async function writeVerified(
  pod: PodAdapter,
  url: string,
  body: VerifiableBody,
  options: VerifiedWriteOptions = {},
): Promise<VerifiedWrite> {
  const { attempts = 4, sleep = backoff, repair = false, ...first } = options;
  let condition: WriteOptions = first;
  for (let attempt = 1; ; attempt++) {
    const failure = await attemptWrite(pod, url, { body, condition });
    if (!PodError.is(failure)) return { ...failure, alreadyThere: false };
    if (!isDoubt(failure)) throw failure;

    const found = await readBack(pod, url, body, options);
    if (found.kind === 'same') return { ...etagOf(found.etag), alreadyThere: true };
    const next = nextCondition(found, { condition, failure, repair });
    if (next === undefined) throw lost(url, failure);
    if (attempt >= attempts) throw failure;
    condition = next;
    await sleep(attempt + 1, failure.retryAfterMs);
  }
}

const etagOf = (etag: string | undefined): { readonly etag?: string } =>
  etag === undefined ? {} : { etag };

async function attemptWrite(
  pod: PodAdapter,
  url: string,
  { body, condition }: { readonly body: VerifiableBody; readonly condition: WriteOptions },
): Promise<PodError | { readonly etag?: string }> {
  try {
    return await pod.write(url, body, condition);
  } catch (error) {
    if (PodError.is(error)) return error;
    throw error;
  }
}

/** Everything but a clear refusal leaves open whether the bytes arrived. */
function isDoubt(failure: PodError): boolean {
  return failure.code === 'POD_UNAVAILABLE' || failure.code === 'POD_PRECONDITION_FAILED';
}

type Found =
  | { readonly kind: 'same'; readonly etag: string | undefined }
  | { readonly kind: 'other'; readonly etag: string | undefined }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown' };

async function readBack(
  pod: PodAdapter,
  url: string,
  body: VerifiableBody,
  { signal }: VerifiedWriteOptions,
): Promise<Found> {
  try {
    const there = await pod.read(url, { accept: body.contentType, ...(signal && { signal }) });
    // One byte more than ours is enough to know that they differ.
    const bytes = await collectBytes(there.bytes(), body.bytes.byteLength + 1);
    const same = bytes !== undefined && equalBytes(bytes, body.bytes);
    return { kind: same ? 'same' : 'other', etag: there.etag };
  } catch (error) {
    if (PodError.is(error) && error.code === 'POD_NOT_FOUND') return { kind: 'nothing' };
    if (PodError.is(error) && error.code === 'POD_UNAVAILABLE') return { kind: 'unknown' };
    throw error;
  }
}

/** The condition under which to write again, or `undefined` when the place is somebody else's. */
function nextCondition(
  found: Exclude<Found, { kind: 'same' }>,
  state: {
    readonly condition: WriteOptions;
    readonly failure: PodError;
    readonly repair: boolean;
  },
): WriteOptions | undefined {
  const { condition } = state;
  if (found.kind === 'unknown') return condition;
  if (found.kind === 'nothing') return condition.ifMatch === undefined ? condition : undefined;
  if (condition.ifMatch !== undefined && condition.ifMatch === found.etag) {
    // Still the version this write was meant for. A 412 all the same is a host that changes its
    // mind, not a doubt.
    return state.failure.code === 'POD_PRECONDITION_FAILED' ? undefined : condition;
  }
  if (state.repair && found.etag !== undefined) {
    const { ifAbsent: _, ...rest } = condition;
    return { ...rest, ifMatch: found.etag };
  }
  const unconditional = condition.ifMatch === undefined && condition.ifAbsent !== true;
  return unconditional ? condition : undefined;
}

function lost(url: string, cause: PodError): PodError {
  return new PodError('POD_PRECONDITION_FAILED', 'The resource holds something else by now', {
    url,
    cause,
  });
}

async function backoff(attempt: number, retryAfterMs = 0): Promise<void> {
  await pause(retryAfterMs + Math.random() * 250 * 2 ** attempt);
}

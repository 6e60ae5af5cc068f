import { setTimeout as pause } from 'node:timers/promises';
import { PodError, type PodAdapter } from '../../../adapters/index.ts';
import { ImportError } from '../import-error.ts';

/** Where documents go, and until when. */
export interface StoreOptions {
  readonly pod: PodAdapter;
  readonly signal?: AbortSignal;
  /** Waits before an attempt (2, 3, …), with what the host asked for; backs off when absent. */
  readonly wait?: Wait;
}

export type Wait = (attempt: number, retryAfterMs?: number) => Promise<void>;

/** A document as the pod answered with it. */
export interface Existing {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Undefined where the host gives none. */
  readonly etag: string | undefined;
}

/** How often an answer is asked for that breaks off, or that is not whole. */
export const maxReads = 4;

const maxDocumentBytes = 64 * 1024 ** 2;

/**
 * A whole document, or undefined where there is none. An answer that breaks off on its way is asked
 * for again; before its first byte that is the adapter's work.
 * @throws PodError, ImportError `IMPORT_POD_REFUSED` for one that is far too large.
 */
export async function readExisting(
  url: string,
  { pod, signal, wait = backOff }: StoreOptions,
  accept = 'text/turtle',
): Promise<Existing | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await pod.read(url, { accept, ...(signal && { signal }) }).catch(ifAbsent);
    if (found === undefined) return undefined;
    try {
      return { bytes: await collect(found.bytes(), url), etag: found.etag };
    } catch (error) {
      const isBroken = PodError.is(error) && error.code === 'POD_UNAVAILABLE';
      if (!isBroken || signal?.aborted === true || attempt === maxReads) throw error;
    }
    await wait(attempt + 1);
  }
}

function ifAbsent(error: unknown): undefined {
  if (PodError.is(error) && error.code === 'POD_NOT_FOUND') return undefined;
  throw error;
}

async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  url: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length > maxDocumentBytes) {
      throw new ImportError(
        'IMPORT_POD_REFUSED',
        'the pod holds something far too large under this name. Move it away, then import again.',
        { file: new URL(url).pathname },
      );
    }
  }
  return Buffer.concat(chunks, length);
}

/** Waits longer each time, up to a few seconds. */
export async function backOff(attempt: number, retryAfterMs = 0): Promise<void> {
  await pause(retryAfterMs + Math.random() * 250 * 2 ** attempt);
}

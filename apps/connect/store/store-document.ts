import { PodError, writeVerified, type PodAdapter } from '../../../adapters/index.ts';
import { ImportError } from '../import-error.ts';
import type { DocumentTask, MergedDocument } from './document-task.ts';

/** Where documents go, and until when. */
export interface StoreOptions {
  readonly pod: PodAdapter;
  readonly signal?: AbortSignal;
}

/** A document merged with what the pod holds, ready to be written over that version. */
export interface PreparedDocument<Task extends DocumentTask = DocumentTask> {
  readonly task: Task;
  readonly merged: MergedDocument;
  /** Where it is absent, and `isNew` false, the host gives no ETag. */
  readonly etag?: string;
  readonly isNew: boolean;
}

const maxDocumentBytes = 64 * 1024 ** 2;
const maxAttempts = 6;

/** Reads what the pod holds and merges. Writes nothing. @throws PodError, ImportError. */
export async function prepareDocument<Task extends DocumentTask>(
  task: Task,
  { pod, signal }: StoreOptions,
): Promise<PreparedDocument<Task>> {
  const found = await readText(pod, task.url, signal);
  return {
    task,
    merged: task.merge(found?.text),
    isNew: found === undefined,
    ...(found?.etag === undefined ? {} : { etag: found.etag }),
  };
}

/** What was merged into the pod, and whether that took a write. */
export interface StoredDocument {
  readonly merged: MergedDocument;
  readonly writtenBytes: number;
}

/**
 * Writes a prepared document over the very version it was merged with; when another program was
 * faster, merges anew. A document the pod holds already is not written.
 * @throws PodError, `POD_PRECONDITION_FAILED` when others kept being faster.
 */
export async function storeDocument(
  prepared: PreparedDocument,
  options: StoreOptions,
): Promise<StoredDocument> {
  let now = prepared;
  for (let attempt = 1; ; attempt += 1) {
    if (now.merged.isSame) return { merged: now.merged, writtenBytes: 0 };
    const bytes = new TextEncoder().encode(now.merged.turtle);
    try {
      await writeVerified(
        options.pod,
        now.task.url,
        { bytes, contentType: 'text/turtle' },
        { ...condition(options.pod, now), ...(options.signal && { signal: options.signal }) },
      );
      return { merged: now.merged, writtenBytes: bytes.byteLength };
    } catch (error) {
      const isLost = PodError.is(error) && error.code === 'POD_PRECONDITION_FAILED';
      if (!isLost || attempt === maxAttempts) throw error;
    }
    now = await prepareDocument(now.task, options);
  }
}

/** The strictest condition that the host can honour: some have no usable ETag. */
function condition(
  { capabilities }: PodAdapter,
  { isNew, etag }: PreparedDocument,
): { readonly ifAbsent?: boolean; readonly ifMatch?: string } {
  if (isNew) return capabilities.writeIfAbsent ? { ifAbsent: true } : {};
  return etag !== undefined && capabilities.writeIfMatch ? { ifMatch: etag } : {};
}

async function readText(
  pod: PodAdapter,
  url: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly text: string; readonly etag?: string } | undefined> {
  try {
    const found = await pod.read(url, { accept: 'text/turtle', ...(signal && { signal }) });
    const text = await decodeText(found.bytes(), url);
    return found.etag === undefined ? { text } : { text, etag: found.etag };
  } catch (error) {
    if (PodError.is(error) && error.code === 'POD_NOT_FOUND') return undefined;
    throw error;
  }
}

async function decodeText(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  url: string,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > maxDocumentBytes) {
      throw new ImportError(
        'IMPORT_POD_REFUSED',
        'the pod holds something far too large under this name. Move it away, then import again.',
        { file: new URL(url).pathname },
      );
    }
  }
  return text + decoder.decode();
}

import { PodError, writeVerified, type PodAdapter } from '../../../adapters/index.ts';
import { ImportError } from '../import-error.ts';
import type { DocumentTask, MergedDocument } from './document-task.ts';
import { copyUrl, keepAside } from './keep-aside.ts';
import { backOff, maxReads, readExisting, type StoreOptions } from './read-existing.ts';

/** A document merged with what the pod holds, ready to be written over that version. */
export interface PreparedDocument<Task extends DocumentTask = DocumentTask> {
  readonly task: Task;
  readonly merged: MergedDocument;
  /** Where it is absent, and `isNew` false, the host gives no ETag. */
  readonly etag?: string;
  readonly isNew: boolean;
  /** What the pod holds, where that is cut short or changed: to be kept before it is replaced. */
  readonly damaged?: Uint8Array<ArrayBuffer>;
}

const maxAttempts = 6;

/**
 * Reads what the pod holds and merges. Writes nothing. An answer that is not whole is asked for
 * again: only what the pod answers every time counts as what it holds.
 * @throws PodError, ImportError, `IMPORT_POD_UNREACHABLE` when the answers are not whole and differ.
 */
export async function prepareDocument<Task extends DocumentTask>(
  task: Task,
  options: StoreOptions,
): Promise<PreparedDocument<Task>> {
  const answers: Uint8Array[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const found = await readExisting(task.url, options);
    if (found === undefined) {
      if (answers.length > 0) throw unsteady(task);
      return { task, merged: task.merge(undefined), isNew: true };
    }
    const known = { task, isNew: false, ...(found.etag !== undefined && { etag: found.etag }) };
    const text = new TextDecoder().decode(found.bytes);
    const merged = task.mergeWhole(text);
    if (merged !== undefined) return { ...known, merged };
    answers.push(found.bytes);
    if (answers.length === maxReads) {
      if (answers.some((answer) => Buffer.compare(answer, found.bytes) !== 0)) throw unsteady(task);
      return { ...known, merged: task.mergeDamaged(text), damaged: found.bytes };
    }
    await (options.wait ?? backOff)(attempt + 1);
  }
}

function unsteady({ url }: DocumentTask): ImportError {
  return new ImportError(
    'IMPORT_POD_UNREACHABLE',
    'the pod gives this document in parts, another each time. It was left as it is. Try again later.',
    { file: new URL(url).pathname },
  );
}

/** What was merged into the pod, and whether that took a write. */
export interface StoredDocument {
  readonly merged: MergedDocument;
  readonly writtenBytes: number;
  /** Where the damaged document is kept that this one replaced. */
  readonly keptUrl?: string;
}

/**
 * Writes a prepared document over the very version it was merged with; when another program was
 * faster, merges anew. A document the pod holds already is not written, a damaged one is kept aside.
 * @throws PodError, `POD_PRECONDITION_FAILED` when others kept being faster; ImportError.
 */
export async function storeDocument(
  prepared: PreparedDocument,
  options: StoreOptions,
): Promise<StoredDocument> {
  const { pod, signal, wait } = options;
  let now = prepared;
  for (let attempt = 1; ; attempt += 1) {
    const { merged, damaged, task } = now;
    if (merged.isSame) return { merged, writtenBytes: 0 };
    const keptUrl = damaged && (await keepAside(task.url, damaged, options));
    const bytes = new TextEncoder().encode(merged.turtle);
    try {
      await writeVerified(
        pod,
        task.url,
        { bytes, contentType: 'text/turtle' },
        { ...condition(pod, now), ...(signal && { signal }), ...(wait && { sleep: wait }) },
      );
      return { merged, writtenBytes: bytes.byteLength, ...(keptUrl !== undefined && { keptUrl }) };
    } catch (error) {
      const isLost = PodError.is(error) && error.code === 'POD_PRECONDITION_FAILED';
      if (!isLost || attempt === maxAttempts) throw error;
    }
    now = await prepareDocument(task, options);
  }
}

/** What {@link storeDocument} would do. */
export function wouldStore({ task, merged, damaged }: PreparedDocument): StoredDocument {
  return {
    merged,
    writtenBytes: merged.isSame ? 0 : Buffer.byteLength(merged.turtle),
    ...(damaged && { keptUrl: copyUrl(task.url, damaged) }),
  };
}

/** The strictest condition that the host can honour: some have no usable ETag. */
function condition(
  { capabilities }: PodAdapter,
  { isNew, etag }: PreparedDocument,
): { readonly ifAbsent?: boolean; readonly ifMatch?: string } {
  if (isNew) return capabilities.writeIfAbsent ? { ifAbsent: true } : {};
  return etag !== undefined && capabilities.writeIfMatch ? { ifMatch: etag } : {};
}

import { createHash } from 'node:crypto';
import { writeVerified } from '../../../adapters/index.ts';
import { damagedCopyUrl } from '../../shared/catalog/index.ts';
import { ImportError } from '../import-error.ts';
import { readExisting, type StoreOptions } from './read-existing.ts';

/**
 * Keeps the bytes of a damaged document before it is replaced, under a name made of the document's
 * and the bytes' own: kept twice is kept once. Plain text, so that nothing takes it for readings.
 * Resolves to where the copy is.
 * @throws PodError, ImportError `IMPORT_POD_UNREACHABLE` when the pod does not give the copy back.
 */
export async function keepAside(
  documentUrl: string,
  bytes: Uint8Array<ArrayBuffer>,
  options: StoreOptions,
): Promise<string> {
  const { pod, signal, wait } = options;
  const url = copyUrl(documentUrl, bytes);
  await writeVerified(
    pod,
    url,
    { bytes, contentType },
    {
      // What is there under this name can only be these bytes, or a torn copy of them.
      repair: true,
      ...(pod.capabilities.writeIfAbsent && { ifAbsent: true }),
      ...(signal && { signal }),
      ...(wait && { sleep: wait }),
    },
  );
  // This host's answers or files are in doubt, so that its word for a write is not enough.
  const kept = await readExisting(url, options, contentType);
  if (kept === undefined || Buffer.compare(kept.bytes, bytes) !== 0) {
    throw new ImportError(
      'IMPORT_POD_UNREACHABLE',
      'the pod could not keep a copy of this damaged document, so that it was left as it is.',
      { file: new URL(documentUrl).pathname },
    );
  }
  return url;
}

/** Where a damaged document is kept. */
export function copyUrl(documentUrl: string, bytes: Uint8Array): string {
  return damagedCopyUrl(documentUrl, createHash('sha256').update(bytes).digest('hex'));
}

const contentType = 'text/plain';

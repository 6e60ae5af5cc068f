import { PodError, type PodAdapter } from '../../adapters/index.ts';
import { reservePrivately, wellnessContainer } from '../shared/catalog/index.ts';
import { ImportError } from './import-error.ts';

/** A storage to import into. */
export interface PrivateTarget {
  readonly pod: PodAdapter;
  readonly storageUrl: string;
  readonly webId?: string;
}

/**
 * Makes sure before anything is written that the data will not be open to everybody: a container
 * that is there must be closed, one that is not is created for the owner alone.
 * @throws ImportError `IMPORT_TARGET_OPEN`; PodError.
 */
export async function securePrivateTarget(
  { pod, storageUrl, webId }: PrivateTarget,
  signal?: AbortSignal,
): Promise<void> {
  const url = wellnessContainer(storageUrl);
  try {
    const exposure = await reservePrivately(pod, url, {
      ...(webId !== undefined && { owner: webId }),
      ...(signal && { signal }),
    });
    if (exposure === 'everybody') throw open();
  } catch (error) {
    if (PodError.is(error) && error.code === 'POD_UNSUPPORTED') throw open(error);
    throw error;
  }
}

function open(cause?: unknown): ImportError {
  return new ImportError(
    'IMPORT_TARGET_OPEN',
    'The folder "wellness" of your pod is, or would be, open to everybody. Close it to others, then import again.',
    cause === undefined ? {} : { cause },
  );
}

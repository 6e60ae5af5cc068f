import { PodError, type PodErrorCode } from '../../../adapters/index.ts';
import { VocabularyError } from '../../../vocab/index.ts';
import { ImportError, type ImportErrorCode } from '../import-error.ts';

/** How far an import was when it failed. */
export interface Standing {
  readonly documentsDone: number;
  readonly documentsTotal: number;
  readonly signal?: AbortSignal;
}

/** Any failure of the pod as an ImportError in plain words; others pass through. */
export function importFailure(error: unknown, standing: Standing): unknown {
  if (error instanceof ImportError) return error;
  if (standing.signal?.aborted === true) {
    return new ImportError('IMPORT_CANCELLED', `The import was cancelled. ${resume(standing)}`, {
      cause: error,
    });
  }
  if (error instanceof VocabularyError) {
    return new ImportError(
      'IMPORT_CSV_INVALID',
      'A reading of the export lies outside what a pod can hold.',
      { cause: error },
    );
  }
  if (!PodError.is(error)) return error;
  const [code, message] = failures[error.code];
  return new ImportError(code, `${message} ${resume(standing)}`, { cause: error });
}

const failures: Readonly<Record<PodErrorCode, readonly [ImportErrorCode, string]>> = {
  POD_FULL: ['IMPORT_POD_FULL', 'Your pod has no room for more data. Free some space in it.'],
  POD_FORBIDDEN: ['IMPORT_POD_FORBIDDEN', 'The pod does not let you do that. Log in as its owner.'],
  POD_UNAUTHENTICATED: ['IMPORT_POD_FORBIDDEN', 'The login has ended. Log in again.'],
  POD_UNAVAILABLE: ['IMPORT_POD_UNREACHABLE', 'The pod cannot be reached now. Try again later.'],
  POD_NOT_FOUND: [
    'IMPORT_POD_UNREACHABLE',
    'There is no storage at this address. Check the address.',
  ],
  POD_PRECONDITION_FAILED: [
    'IMPORT_POD_BUSY',
    'Another program keeps changing the same data. Try again later.',
  ],
  POD_INVALID: ['IMPORT_POD_REFUSED', 'The pod refused the data.'],
  POD_UNSUPPORTED: ['IMPORT_POD_REFUSED', 'The pod cannot do what an import needs.'],
};

function resume({ documentsDone, documentsTotal }: Standing): string {
  if (documentsDone === 0) return 'Nothing was written.';
  return (
    `${documentsDone} of ${documentsTotal} documents are in the pod, each complete; ` +
    'the same import goes on where this one stopped.'
  );
}

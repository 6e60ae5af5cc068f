import type { Readable } from 'node:stream';
import type { QueryPod } from '../../shared/query/query-types.ts';
import type { ExportInput } from '../export/export-file.ts';

/** Uploaded files waiting to be imported, encrypted on disk. */
export interface Spool {
  /** Takes one file in, to its end. @throws ImportError `IMPORT_TOO_LARGE`. */
  add(path: string, content: Readable): Promise<void>;
  /** What was taken in so far, as an export. */
  input(name: string): ExportInput;
  /** Removes everything; harmless when repeated. */
  discard(): Promise<void>;
}

/** How far an import is. */
export interface ImportProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly readings: number;
  readonly documentsWritten: number;
}

/** What an import did. */
export interface ImportReport {
  readonly person: string;
  readonly signals: readonly {
    readonly label: string;
    readonly added: number;
    readonly duplicates: number;
    readonly conflicts: number;
  }[];
  readonly skippedFiles: readonly { readonly path: string; readonly reason: string }[];
  readonly warnings: readonly string[];
}

/** Everything one import needs. */
export interface ImportOrder {
  readonly input: ExportInput;
  readonly timeZone: string;
  /** Whose data to take, where the export holds several people. */
  readonly person?: string;
  readonly target: QueryPod;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
}

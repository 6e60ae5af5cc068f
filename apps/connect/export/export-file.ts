import type { Readable } from 'node:stream';

/** One stored file that can be read from any position: on disk, or in the upload spool. */
export interface ExportFile {
  /** Path inside the export, `/` between its parts; only for messages and folder names. */
  readonly path: string;
  readonly sizeBytes: number;
  /** The bytes from `start` to `end` (exclusive); all without a range. The caller destroys it. */
  open(range?: { readonly start: number; readonly end: number }): Readable;
}

/** What the user chose to import: the files of a path, or of an upload. */
export interface ExportInput {
  /** Name of the file or folder, as the user knows it. */
  readonly name: string;
  readonly files: readonly ExportFile[];
}

/** One file of an export with zips already looked through: read from its beginning only. */
export interface ExportEntry {
  readonly path: string;
  /** After inflating. */
  readonly sizeBytes: number;
  open(): Promise<Readable>;
}

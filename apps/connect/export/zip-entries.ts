import { Transform, type Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import {
  fromBufferPromise,
  fromRandomAccessReaderPromise,
  RandomAccessReader,
  type Entry,
  type ZipFile,
} from 'yauzl';
import { ImportError } from '../import-error.ts';
import type { ExportEntry, ExportFile } from './export-file.ts';
import type { ExportLimits } from './limits.ts';

const zipOptions = { lazyEntries: true, autoClose: false, validateEntrySizes: true } as const;

/** Below this size an entry may inflate as it likes: an idle sensor's file packs extremely well. */
const smallEntryBytes = 64 * 1024 ** 2;

/** A zip to look through: a stored file, or one inflated from another zip. */
export type ZipSource = ExportFile | { readonly path: string; readonly buffer: Buffer };

/**
 * The files in a zip, listed from its directory without inflating any. Sizes, names, packing and
 * (when an entry has been read to its end) checksums are verified.
 * @throws ImportError `IMPORT_ZIP_DAMAGED`, `IMPORT_ZIP_ENCRYPTED`, `IMPORT_TOO_LARGE`.
 */
export async function zipEntries(source: ZipSource, limits: ExportLimits): Promise<ExportEntry[]> {
  const zip = await openZip(source);
  const entries: ExportEntry[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      const path = `${source.path}/${entry.fileName}`;
      if (entries.length >= limits.maxFiles) {
        throw new ImportError('IMPORT_TOO_LARGE', `holds more than ${limits.maxFiles} files.`, {
          file: source.path,
        });
      }
      checkEntry(entry, path, limits);
      entries.push({
        path,
        sizeBytes: entry.uncompressedSize,
        open: () => openEntry(zip, entry, path),
      });
    }
  } catch (error) {
    throw error instanceof ImportError ? error : damaged(source.path, error);
  }
  return entries;
}

function openZip(source: ZipSource): Promise<ZipFile> {
  const opened =
    'buffer' in source
      ? fromBufferPromise(source.buffer, zipOptions)
      : fromRandomAccessReaderPromise(new FileReader(source), source.sizeBytes, zipOptions);
  return opened.catch((cause: unknown) => {
    throw damaged(source.path, cause);
  });
}

class FileReader extends RandomAccessReader {
  readonly #file: ExportFile;

  constructor(file: ExportFile) {
    super();
    this.#file = file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return this.#file.open({ start, end });
  }
}

function checkEntry(entry: Entry, path: string, limits: ExportLimits): void {
  if (entry.isEncrypted()) {
    throw new ImportError(
      'IMPORT_ZIP_ENCRYPTED',
      'this zip is protected by a password. Unpack it first, then import the folder.',
      { file: path },
    );
  }
  if (!entry.canDecodeFileData()) {
    throw new ImportError(
      'IMPORT_ZIP_DAMAGED',
      'is packed in a way that cannot be read here. Unpack the zip first, then import the folder.',
      { file: path },
    );
  }
  if (
    entry.uncompressedSize > smallEntryBytes &&
    entry.uncompressedSize > entry.compressedSize * limits.maxInflation
  ) {
    throw new ImportError(
      'IMPORT_TOO_LARGE',
      'would grow suspiciously when unpacked: this does not look like an export.',
      { file: path },
    );
  }
}

async function openEntry(zip: ZipFile, entry: Entry, path: string): Promise<Readable> {
  const packed = await zip.openReadStreamPromise(entry).catch((cause: unknown) => {
    throw damaged(path, cause);
  });
  // yauzl checks the size of what it inflates but not its checksum.
  let checksum = 0;
  const verified = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      checksum = crc32(chunk, checksum);
      done(null, chunk);
    },
    flush(done) {
      done(checksum === entry.crc32 ? null : damaged(path, undefined));
    },
    destroy(error, done) {
      packed.destroy();
      done(error);
    },
  });
  packed.on('error', (cause) => verified.destroy(damaged(path, cause)));
  return packed.pipe(verified);
}

function damaged(path: string, cause: unknown): ImportError {
  return new ImportError(
    'IMPORT_ZIP_DAMAGED',
    'the zip is damaged or was not downloaded completely. Download it again.',
    { file: path, cause },
  );
}

import { ImportError } from '../import-error.ts';
import { allBytes } from './bytes.ts';
import type { ExportEntry, ExportFile, ExportInput } from './export-file.ts';
import type { ExportLimits } from './limits.ts';
import { zipEntries } from './zip-entries.ts';

/** A file that is not imported, and why, in plain words. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

/** An export with its zips looked through. */
export interface OpenExport {
  readonly name: string;
  readonly entries: readonly ExportEntry[];
  readonly skipped: readonly SkippedFile[];
}

/**
 * Lists every file of an export, also those in zips and in zips of a zip. Nothing is inflated yet
 * but inner zips, which are held in memory.
 * @throws ImportError `IMPORT_EMPTY`, `IMPORT_TOO_LARGE`, `IMPORT_ZIP_DAMAGED`, `IMPORT_ZIP_ENCRYPTED`.
 */
export async function openExport(input: ExportInput, limits: ExportLimits): Promise<OpenExport> {
  const listing = new Listing(input.name, limits);
  for (const file of input.files) {
    if (isClutter(file.path)) continue;
    if (await isZip(file)) await listing.addZip(file);
    else listing.add(plainEntry(file));
  }
  if (listing.entries.length === 0) {
    const only = input.files.length === 1 ? input.files[0]?.path : undefined;
    throw new ImportError('IMPORT_EMPTY', 'there is nothing in this export.', {
      file: only ?? input.name,
    });
  }
  return listing;
}

class Listing implements OpenExport {
  readonly name: string;
  readonly entries: ExportEntry[] = [];
  readonly skipped: SkippedFile[] = [];
  readonly #limits: ExportLimits;
  #totalBytes = 0;
  #nestedBytes = 0;

  constructor(name: string, limits: ExportLimits) {
    this.name = name;
    this.#limits = limits;
  }

  add(entry: ExportEntry): void {
    this.#totalBytes += entry.sizeBytes;
    if (
      this.#totalBytes > this.#limits.maxTotalBytes ||
      this.entries.length >= this.#limits.maxFiles
    ) {
      throw new ImportError(
        'IMPORT_TOO_LARGE',
        'is larger than one import may be. Import its files one after the other.',
        { file: this.name },
      );
    }
    this.entries.push(entry);
  }

  async addZip(file: ExportFile): Promise<void> {
    for (const entry of await zipEntries(file, this.#limits)) {
      if (isClutter(entry.path)) continue;
      if (/\.zip$/i.test(entry.path)) await this.#addNestedZip(entry);
      else this.add(entry);
    }
  }

  async #addNestedZip(entry: ExportEntry): Promise<void> {
    this.#nestedBytes += entry.sizeBytes;
    if (this.#nestedBytes > this.#limits.maxNestedZipBytes) {
      throw new ImportError(
        'IMPORT_TOO_LARGE',
        'the zips inside this zip are too large. Unpack the outer zip, then import the folder.',
        { file: entry.path },
      );
    }
    const source = { path: entry.path, buffer: await allBytes(await entry.open()) };
    for (const inner of await zipEntries(source, this.#limits)) {
      if (isClutter(inner.path)) continue;
      if (/\.zip$/i.test(inner.path)) {
        this.skipped.push({
          path: inner.path,
          reason: 'a zip inside a zip inside a zip: unpack it first',
        });
      } else this.add(inner);
    }
  }
}

function plainEntry(file: ExportFile): ExportEntry {
  return { path: file.path, sizeBytes: file.sizeBytes, open: () => Promise.resolve(file.open()) };
}

/** What macOS and Windows leave in folders and zips. */
function isClutter(path: string): boolean {
  return /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._[^/]*$)/i.test(path);
}

/** By content, because a browser or a mail program may have renamed it. `PK` is also a cut zip. */
async function isZip(file: ExportFile): Promise<boolean> {
  if (file.sizeBytes < 4) return /\.zip$/i.test(file.path) && file.sizeBytes > 0;
  const head = await allBytes(file.open({ start: 0, end: 4 }));
  return (
    head.length === 4 &&
    head[0] === 0x50 &&
    head[1] === 0x4b &&
    ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))
  );
}

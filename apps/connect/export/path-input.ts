import { createReadStream } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { ImportError } from '../import-error.ts';
import type { ExportFile, ExportInput } from './export-file.ts';
import type { ExportLimits } from './limits.ts';

/** The export at a path: a file, or every file below a folder. Symbolic links are not followed.
 *  @throws ImportError `IMPORT_NOT_FOUND`, `IMPORT_EMPTY`, `IMPORT_TOO_LARGE`. */
export async function pathInput(path: string, limits: ExportLimits): Promise<ExportInput> {
  const absolute = resolve(path);
  const name = basename(absolute);
  const found = await stat(absolute).catch((cause: unknown) => {
    throw new ImportError(
      'IMPORT_NOT_FOUND',
      'there is no such file or folder, or it may not be read.',
      {
        file: path,
        cause,
      },
    );
  });
  if (found.isFile()) return { name, files: [storedFile(absolute, name, found.size)] };
  if (!found.isDirectory()) {
    throw new ImportError('IMPORT_NOT_FOUND', 'is neither a file nor a folder.', { file: path });
  }
  const files: ExportFile[] = [];
  await collect({ absolute, path: '', depth: 0 }, files, limits);
  if (files.length === 0) {
    throw new ImportError('IMPORT_EMPTY', 'the folder holds no files.', { file: path });
  }
  return { name, files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)) };
}

interface Folder {
  readonly absolute: string;
  readonly path: string;
  readonly depth: number;
}

async function collect(folder: Folder, files: ExportFile[], limits: ExportLimits): Promise<void> {
  if (folder.depth > limits.maxFolderDepth) {
    throw new ImportError('IMPORT_TOO_LARGE', 'folders are nested too deep here.', {
      file: folder.path,
    });
  }
  for await (const item of await opendir(folder.absolute)) {
    const absolute = join(folder.absolute, item.name);
    const path = folder.path === '' ? item.name : `${folder.path}/${item.name}`;
    if (item.isDirectory()) {
      await collect({ absolute, path, depth: folder.depth + 1 }, files, limits);
    } else if (item.isFile()) {
      if (files.length >= limits.maxFiles) {
        throw new ImportError(
          'IMPORT_TOO_LARGE',
          `the folder holds more than ${limits.maxFiles} files. Choose the folder of the export itself.`,
        );
      }
      files.push(storedFile(absolute, path, (await stat(absolute)).size));
    }
  }
}

function storedFile(absolute: string, path: string, sizeBytes: number): ExportFile {
  return {
    path,
    sizeBytes,
    open(range) {
      if (range === undefined) return createReadStream(absolute);
      // Node has no way to say an empty range: its `end` is inclusive and not negative.
      if (range.end <= range.start) return Readable.from([]);
      return createReadStream(absolute, { start: range.start, end: range.end - 1 });
    },
  };
}

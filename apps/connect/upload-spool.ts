import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { chunkBytes } from './export/bytes.ts';
import type { ExportFile, ExportInput } from './export/export-file.ts';
import { ImportError } from './import-error.ts';

/** The files of one upload, encrypted on disk until they are imported. */
export interface UploadSpool {
  /** Takes one file in, to its end. @throws ImportError `IMPORT_TOO_LARGE`. */
  add(path: string, content: Readable): Promise<void>;
  /** What was taken in so far, as an export that can be imported. */
  input(name: string): ExportInput;
  /** Removes the files and forgets their keys; harmless when repeated. */
  discard(): Promise<void>;
}

export interface SpoolLimits {
  /** Of all files of one upload. */
  readonly maxBytes: number;
  readonly maxFiles: number;
}

const chunkLength = 16 * 1024;
const tagLength = 16;
const extension = '.spool';

/**
 * Prepares a folder for spools, for the use of one process: what an earlier one left there is
 * removed. Without its keys, which were only ever in memory, it could not be read anyway.
 */
export async function openSpoolFolder(
  folder: string,
): Promise<(limits: SpoolLimits) => UploadSpool> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    if (name.endsWith(extension)) await rm(join(folder, name), { force: true });
  }
  return (limits) => uploadSpool(folder, limits);
}

function uploadSpool(folder: string, limits: SpoolLimits): UploadSpool {
  const files: SpooledFile[] = [];
  let spooledBytes = 0;
  let isDiscarded = false;

  const count = (bytes: number): void => {
    if (isDiscarded) throw new ImportError('IMPORT_CANCELLED', 'The upload was cancelled.');
    spooledBytes += bytes;
    if (spooledBytes > limits.maxBytes) throw tooLarge();
  };
  return {
    async add(path, content) {
      count(0);
      if (files.length >= limits.maxFiles) throw tooLarge();
      const file = new SpooledFile(path, join(folder, `${randomUUID()}${extension}`));
      files.push(file);
      await file.take(content, count);
    },
    input: (name) => ({ name, files: [...files] }),
    async discard() {
      isDiscarded = true;
      for (const file of files.splice(0)) await file.remove();
    },
  };
}

/**
 * One file in chunks, each sealed with AES-256-GCM under a key of this file alone. The number of
 * the chunk is its nonce, so that none can be changed or moved; the size, kept in memory, tells
 * whether any is missing.
 */
class SpooledFile implements ExportFile {
  readonly path: string;
  readonly #stored: string;
  readonly #key = randomBytes(32);
  #sizeBytes = 0;
  #lastRead: { readonly index: number; readonly bytes: Buffer } | undefined;

  constructor(path: string, stored: string) {
    this.path = path;
    this.#stored = stored;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  async take(content: Readable, count: (bytes: number) => void): Promise<void> {
    const handle = await open(this.#stored, 'wx', 0o600);
    try {
      let pending: Buffer[] = [];
      let length = 0;
      let index = 0;
      for await (const value of content) {
        const chunk = chunkBytes(value);
        count(chunk.length);
        this.#sizeBytes += chunk.length;
        pending.push(chunk);
        length += chunk.length;
        if (length < chunkLength) continue;
        const bytes = Buffer.concat(pending);
        let start = 0;
        for (; length - start >= chunkLength; start += chunkLength) {
          await this.#append(handle, index++, bytes.subarray(start, start + chunkLength));
        }
        pending = [bytes.subarray(start)];
        length -= start;
      }
      if (length > 0) await this.#append(handle, index, Buffer.concat(pending));
    } catch (error) {
      throw isDiskFull(error)
        ? new ImportError('IMPORT_TOO_LARGE', 'There is no room left for the upload.', {
            cause: error,
          })
        : error;
    } finally {
      await handle.close();
    }
  }

  open(range = { start: 0, end: this.#sizeBytes }): Readable {
    return Readable.from(this.#read(range.start, Math.min(range.end, this.#sizeBytes)), {
      objectMode: false,
    });
  }

  async remove(): Promise<void> {
    this.#key.fill(0);
    this.#lastRead = undefined;
    await rm(this.#stored, { force: true });
  }

  async #append(handle: FileHandle, index: number, bytes: Buffer): Promise<void> {
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce(index));
    await handle.appendFile(
      Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]),
    );
  }

  async *#read(start: number, end: number): AsyncGenerator<Buffer> {
    if (start >= end) return;
    const handle = await open(this.#stored, 'r');
    try {
      for (let at = start; at < end;) {
        const index = Math.floor(at / chunkLength);
        const bytes = await this.#chunk(handle, index);
        const from = at - index * chunkLength;
        yield bytes.subarray(from, from + end - at);
        at = (index + 1) * chunkLength;
      }
    } finally {
      await handle.close();
    }
  }

  /** The last chunk stays at hand: a zip's directory is read a few bytes at a time. */
  async #chunk(handle: FileHandle, index: number): Promise<Buffer> {
    if (this.#lastRead?.index === index) return this.#lastRead.bytes;
    const length = Math.min(chunkLength, this.#sizeBytes - index * chunkLength);
    const sealed = Buffer.alloc(length + tagLength);
    await handle.read(sealed, 0, sealed.length, index * (chunkLength + tagLength));
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce(index));
    decipher.setAuthTag(sealed.subarray(length));
    const bytes = Buffer.concat([decipher.update(sealed.subarray(0, length)), decipher.final()]);
    this.#lastRead = { index, bytes };
    return bytes;
  }
}

function tooLarge(): ImportError {
  return new ImportError('IMPORT_TOO_LARGE', 'The upload is larger than one import may be.');
}

function nonce(index: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(index, 8);
  return bytes;
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC';
}

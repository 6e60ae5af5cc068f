import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import type { Request } from 'express';
import { WebError } from '../../shared/web/problem.ts';
import { harmlessPath } from './harmless-path.ts';
import type { SpoolLimits, UploadSpool } from '../index.ts';

/** The form, once its files are in the spool. */
export interface Upload {
  readonly fields: ReadonlyMap<string, string>;
  /** Paths as the browser named them, made harmless. */
  readonly files: readonly string[];
}

/**
 * Streams the files of a multipart request into the spool, one after the other and with
 * back-pressure, so that memory stays level whatever their size.
 * @throws WebError `WEB_TOO_LARGE`, `WEB_INVALID_INPUT`, and whatever the spool throws.
 */
export async function receiveUpload(
  request: Request,
  spool: UploadSpool,
  limits: SpoolLimits,
): Promise<Upload> {
  const receiver = new Receiver(spool, limits);
  if (Number(request.headers['content-length'] ?? 0) > limits.maxBytes) {
    request.resume();
    throw new WebError('WEB_TOO_LARGE');
  }
  const parser = parserFor(request, receiver, limits);
  try {
    await received(request, parser, receiver);
  } catch (error) {
    // Ends what the spool is still reading; a failure of the spool itself came first and stays.
    throw receiver.fail(error);
  } finally {
    // The rest is read and dropped: a browser shows our answer only after it has sent everything.
    request.unpipe(parser);
    request.resume();
  }
  return receiver.upload();
}

function received(request: Request, parser: BusboyInstance, receiver: Receiver): Promise<void> {
  return new Promise((resolve, reject) => {
    receiver.onFailure = reject;
    const damaged = (): void =>
      reject(new WebError('WEB_INVALID_INPUT', 'The upload arrived incomplete.'));
    parser.once('finish', resolve).once('error', damaged);
    request.once('error', damaged).once('close', () => {
      // Also the end of a whole request closes it, maybe before the spool has taken the last file.
      if (!request.complete) damaged();
    });
    request.on('data', (chunk: Buffer) => receiver.count(chunk.length));
    request.pipe(parser);
  });
}

function parserFor(request: Request, receiver: Receiver, limits: SpoolLimits): BusboyInstance {
  const contentType = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\s*;.*boundary=/iu.test(contentType))
    throw new WebError('WEB_INVALID_INPUT', 'No files were sent.');
  const parser = new Busboy({
    headers: { ...request.headers, 'content-type': contentType },
    preservePath: true,
    limits: {
      fields: 16,
      fieldSize: 1024,
      files: limits.maxFiles,
      headerPairs: 16,
      headerSize: 8192,
    },
  });
  parser.on('file', (_field, stream, fileName) => receiver.take(stream, fileName));
  parser.on('field', (name, value) => receiver.fields.set(name, value));
  parser.on('filesLimit', () => receiver.fail(new WebError('WEB_TOO_LARGE')));
  return parser;
}

class Receiver {
  readonly fields = new Map<string, string>();
  readonly #files: string[] = [];
  readonly #spool: UploadSpool;
  readonly #limits: SpoolLimits;
  readonly #stored: Promise<void>[] = [];
  readonly #streams: BusboyFileStream[] = [];
  #bytes = 0;
  #failure: Error | undefined;
  onFailure: (error: Error) => void = () => undefined;

  constructor(spool: UploadSpool, limits: SpoolLimits) {
    this.#spool = spool;
    this.#limits = limits;
  }

  count(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#limits.maxBytes) this.fail(new WebError('WEB_TOO_LARGE'));
  }

  take(stream: BusboyFileStream, fileName: string | undefined): void {
    // Whoever reads the stream learns of its errors; unread, they would end the process.
    stream.on('error', () => undefined);
    const path = harmlessPath(fileName ?? '');
    // A file input left empty comes as a part without a name.
    if (path === '' || this.#failure !== undefined) {
      stream.resume();
      return;
    }
    this.#files.push(path);
    this.#streams.push(stream);
    this.#stored.push(
      this.#spool.add(path, stream).catch((error: unknown) => {
        this.fail(error);
      }),
    );
  }

  /** Keeps the first failure, and gives it back. */
  fail(error: unknown): Error {
    if (this.#failure === undefined) {
      this.#failure =
        error instanceof Error ? error : new Error('spooling failed', { cause: error });
      for (const stream of this.#streams) stream.destroy(this.#failure);
      this.onFailure(this.#failure);
    }
    return this.#failure;
  }

  async upload(): Promise<Upload> {
    await Promise.all(this.#stored);
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#files.length === 0) throw new WebError('WEB_INVALID_INPUT', 'No file was chosen.');
    return { fields: this.fields, files: this.#files };
  }
}

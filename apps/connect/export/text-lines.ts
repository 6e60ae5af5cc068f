import { ImportError } from '../import-error.ts';
import { chunkBytes } from './bytes.ts';
import type { ExportEntry } from './export-file.ts';

/** What is needed to read text besides the entry itself. */
export interface TextOptions {
  readonly maxLineLength: number;
  /** Told the bytes of each chunk, for progress. */
  readonly onBytes?: (bytes: number) => void;
  /** Told of a file whose last line has no end: it may have been cut off within a number. */
  readonly onOpenEnd?: (path: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Calls `onLine` with every line (without its line end) and its 1-based number. UTF-8, or UTF-16
 * where a byte order mark says so, as spreadsheet programs write it. Returning `false` stops.
 * @throws ImportError `IMPORT_CSV_INVALID` for lines beyond the limit, `IMPORT_CANCELLED`.
 */
export async function eachLine(
  entry: ExportEntry,
  options: TextOptions,
  onLine: (line: string, number: number) => boolean | void,
): Promise<void> {
  const stream = await entry.open();
  try {
    await splitLines(stream, { entry, options, onLine });
  } finally {
    stream.destroy();
  }
}

interface Splitting {
  readonly entry: ExportEntry;
  readonly options: TextOptions;
  readonly onLine: (line: string, number: number) => boolean | void;
}

async function splitLines(
  stream: AsyncIterable<unknown>,
  { entry, options, onLine }: Splitting,
): Promise<void> {
  let rest = '';
  let number = 0;
  for await (const piece of textPieces(stream, options)) {
    const text = rest + piece;
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      number += 1;
      checkLength(end - start, { entry, number, options });
      if (onLine(withoutReturn(text, start, end), number) === false) return;
      start = end + 1;
    }
    rest = text.slice(start);
    checkLength(rest.length, { entry, number: number + 1, options });
  }
  if (rest === '') return;
  onLine(withoutReturn(rest, 0, rest.length), number + 1);
  options.onOpenEnd?.(entry.path);
}

async function* textPieces(
  stream: AsyncIterable<unknown>,
  { onBytes, signal }: TextOptions,
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let held: Buffer = Buffer.alloc(0);
  for await (const value of stream) {
    if (signal?.aborted === true) {
      throw new ImportError('IMPORT_CANCELLED', 'The import was cancelled.');
    }
    const chunk = chunkBytes(value);
    onBytes?.(chunk.length);
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    // A byte order mark takes two bytes to be seen.
    if (decoder === undefined && held.length < 2) continue;
    decoder ??= new TextDecoder(encodingOf(held));
    yield decoder.decode(held, { stream: true });
    held = Buffer.alloc(0);
  }
  yield (decoder ?? new TextDecoder()).decode(held);
}

function encodingOf(chunk: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

function withoutReturn(text: string, start: number, end: number): string {
  return text.slice(start, end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end);
}

interface LinePosition {
  readonly entry: ExportEntry;
  readonly number: number;
  readonly options: TextOptions;
}

function checkLength(length: number, { entry, number, options }: LinePosition): void {
  if (length <= options.maxLineLength) return;
  throw new ImportError(
    'IMPORT_CSV_INVALID',
    'the line is far too long for a table of readings. Is this the file as it was exported?',
    { file: entry.path, line: number },
  );
}

/** The first lines of an entry as far as they fit in 4 KiB, for telling what it is. */
export async function firstLines(entry: ExportEntry, count: number): Promise<readonly string[]> {
  const lines: string[] = [];
  const stream = await entry.open();
  try {
    for await (const value of stream) {
      const chunk = chunkBytes(value);
      const text = new TextDecoder(encodingOf(chunk)).decode(chunk.subarray(0, 4096));
      lines.push(...text.split(/\r?\n/, count));
      break;
    }
  } finally {
    stream.destroy();
  }
  return lines;
}

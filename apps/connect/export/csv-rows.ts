import { parse } from 'csv-parse/sync';
import { ImportError } from '../import-error.ts';
import type { ExportEntry } from './export-file.ts';
import { eachLine, type TextOptions } from './text-lines.ts';

/** A row as its fields in file order; the array is reused by no one, the strings are untrimmed. */
export type RowReader = (fields: readonly string[], line: number) => void;

/**
 * Reads a CSV with a header row: `start` is called with the column names and answers what reads
 * the rows. Fields may be quoted and hold line ends; `,`, `;` and tab separate.
 *
 * Rows without quotes are split here and only the others go through csv-parse: over a million rows
 * of minutes that is the difference between one second and three.
 * @throws ImportError `IMPORT_CSV_INVALID`, `IMPORT_EMPTY`.
 */
export async function eachRow(
  entry: ExportEntry,
  options: TextOptions,
  start: (columns: readonly string[]) => RowReader,
): Promise<void> {
  let delimiter = ',';
  let width = 0;
  let onRow: RowReader | undefined;
  let quoted = '';
  let quotedFrom = 0;

  const row = (fields: readonly string[], line: number): void => {
    if (onRow === undefined) {
      width = fields.length;
      onRow = start(fields.map((name) => name.trim()));
    } else if (fields.length === width) onRow(fields, line);
    else throw wrongWidth(entry, line);
  };

  await eachLine(entry, options, (line, number) => {
    if (quoted !== '') {
      quoted += `\n${line}`;
      if (quoted.length > options.maxLineLength) throw openQuote(entry, quotedFrom);
    } else if (line.includes('"')) {
      quoted = line;
      quotedFrom = number;
    } else {
      if (line === '') return;
      if (onRow === undefined) delimiter = delimiterOf(line);
      row(line.split(delimiter), number);
      return;
    }
    if (!hasClosedQuotes(quoted)) return;
    if (onRow === undefined) delimiter = delimiterOf(quoted);
    row(parseQuoted(quoted, { delimiter, entry, line: quotedFrom }), quotedFrom);
    quoted = '';
  });
  if (quoted !== '') throw openQuote(entry, quotedFrom);
  if (onRow === undefined) throw new ImportError('IMPORT_EMPTY', 'is empty.', { file: entry.path });
}

/** The column names of a header line, as `eachRow` would read them; empty when it is not one. */
export function columnNames(line: string): readonly string[] {
  const delimiter = delimiterOf(line);
  if (!line.includes('"')) return line.split(delimiter).map((name) => name.trim());
  if (!hasClosedQuotes(line)) return [];
  try {
    return parse(line, { delimiter, trim: true })[0] ?? [];
  } catch {
    return [];
  }
}

function delimiterOf(header: string): string {
  if (header.includes(',')) return ',';
  return header.includes(';') ? ';' : '\t';
}

function hasClosedQuotes(text: string): boolean {
  let isClosed = true;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) isClosed = !isClosed;
  return isClosed;
}

interface QuotedRow {
  readonly delimiter: string;
  readonly entry: ExportEntry;
  readonly line: number;
}

function parseQuoted(text: string, { delimiter, entry, line }: QuotedRow): readonly string[] {
  try {
    return parse(text, { delimiter })[0] ?? [];
  } catch (cause) {
    throw new ImportError('IMPORT_CSV_INVALID', 'the quotes in this row do not fit together.', {
      file: entry.path,
      line,
      cause,
    });
  }
}

function wrongWidth(entry: ExportEntry, line: number): ImportError {
  return new ImportError(
    'IMPORT_CSV_INVALID',
    'the row has not as many fields as the header. Was the file cut off or edited? Export it again.',
    { file: entry.path, line },
  );
}

function openQuote(entry: ExportEntry, line: number): ImportError {
  return new ImportError('IMPORT_CSV_INVALID', 'a quote is opened here and never closed.', {
    file: entry.path,
    line,
  });
}

import { columnNames } from './export/csv-rows.ts';
import type { ExportEntry } from './export/export-file.ts';
import type { OpenExport, SkippedFile } from './export/open-export.ts';
import { firstLines } from './export/text-lines.ts';
import { ImportError, type ImportErrorCode } from './import-error.ts';
import type { Connector } from './sources/connector.ts';
import { connectors } from './sources/index.ts';

/** The files of an export by the connector that reads them. */
export interface RecognisedFiles {
  readonly byConnector: ReadonlyMap<Connector, readonly ExportEntry[]>;
  readonly skipped: readonly SkippedFile[];
  /** Of the files that will be read, after inflating. */
  readonly totalBytes: number;
}

/**
 * Finds out by name and first lines what each file is.
 * @throws ImportError `IMPORT_EMPTY`, `IMPORT_COLUMNS` or `IMPORT_NOTHING_KNOWN` when none of the
 * files is of an export that can be read.
 */
export async function recogniseFiles(opened: OpenExport): Promise<RecognisedFiles> {
  const byConnector = new Map<Connector, ExportEntry[]>();
  const skipped: SkippedFile[] = [...opened.skipped];
  const unknown: Unknown[] = [];
  let totalBytes = 0;
  let isAnyKnown = false;
  for (const entry of opened.entries) {
    const head = entry.sizeBytes === 0 ? [] : await firstLines(entry, 3);
    const found = recognise(entry, head);
    if (found === undefined) {
      unknown.push({ path: entry.path, ...unknownReason(entry, head) });
      continue;
    }
    isAnyKnown = true;
    if (found.recognition.imported) {
      byConnector.set(found.connector, [...(byConnector.get(found.connector) ?? []), entry]);
      totalBytes += entry.sizeBytes;
    } else if (found.recognition.reason !== undefined) {
      skipped.push({ path: entry.path, reason: found.recognition.reason });
    }
  }
  if (!isAnyKnown) throw nothingKnown(opened.name, unknown);
  skipped.push(...unknown.map(({ path, reason }) => ({ path, reason })));
  return { byConnector, skipped, totalBytes };
}

function recognise(entry: ExportEntry, head: readonly string[]) {
  for (const connector of connectors) {
    const recognition = connector.recognise(entry, head);
    if (recognition !== undefined) return { connector, recognition };
  }
  return undefined;
}

interface Unknown extends SkippedFile {
  readonly code: ImportErrorCode;
}

function unknownReason(entry: ExportEntry, head: readonly string[]): Omit<Unknown, 'path'> {
  const first = head[0] ?? '';
  if (head.every((line) => line.trim() === '')) return { code: 'IMPORT_EMPTY', reason: 'is empty' };
  // Control characters, or bytes that are no UTF-8.
  if (/[^\P{Cc}\t\r\v\f]|\ufffd/u.test(first)) {
    const reason = /\.zip$/i.test(entry.path)
      ? 'is called a zip but is none'
      : 'is not a text file';
    return { code: 'IMPORT_NOTHING_KNOWN', reason };
  }
  const columns = columnNames(first);
  if (columns.length > 1 && columns.every((name) => /^[\p{L}_(][^\n]{0,60}$/u.test(name))) {
    return {
      code: 'IMPORT_COLUMNS',
      reason: `has the columns ${shortList(columns, 6)}, which are of no export that is known here`,
    };
  }
  return { code: 'IMPORT_NOTHING_KNOWN', reason: 'is of no export that is known here' };
}

function nothingKnown(name: string, unknown: readonly Unknown[]): ImportError {
  const known = connectors.map(({ label }) => label).join(' and ');
  const advice = `Known are ${known}.`;
  const [first] = unknown;
  if (first !== undefined && unknown.length === 1) {
    return new ImportError(first.code, `${first.reason}. ${advice}`, { file: first.path });
  }
  if (unknown.every(({ code }) => code === 'IMPORT_EMPTY')) {
    return new ImportError('IMPORT_EMPTY', 'all of its files are empty.', { file: name });
  }
  const files = shortList(
    unknown.map(({ path }) => path),
    3,
  );
  return new ImportError(
    'IMPORT_NOTHING_KNOWN',
    `holds no file of an export that can be read (looked at ${files}). ${advice}`,
    { file: name },
  );
}

function shortList(items: readonly string[], most: number): string {
  const more = items.length - most;
  return `${items.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

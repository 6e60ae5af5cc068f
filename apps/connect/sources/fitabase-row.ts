import { parseLocalTime } from '../fitabase-time.ts';
import { ImportError } from '../import-error.ts';
import { wholeNumber } from './numbers.ts';

/** The row that is being read, with fields checked as they are taken. One object for all rows. */
export class FitabaseRow {
  readonly file: string;
  readonly #columns: readonly string[];
  fields: readonly string[] = [];
  line = 0;

  constructor(file: string, columns: readonly string[]) {
    this.file = file;
    this.#columns = columns;
  }

  /** Position of a column, without regard to case; -1 when the file has none. */
  column(name: string): number {
    return this.#columns.findIndex((column) => column.toLowerCase() === name);
  }

  text(column: number): string {
    return this.fields[column] ?? '';
  }

  /** Wall-clock time as UTC milliseconds of the same clock reading. @throws ImportError. */
  localTime(column: number): number {
    const localMs = parseLocalTime(this.text(column));
    if (!Number.isNaN(localMs)) return localMs;
    throw this.#invalid(
      column,
      'is not a time like 4/12/2016 1:05:00 PM (month first). Was the file saved again by a spreadsheet program? Use the file as it was exported.',
    );
  }

  /** @throws ImportError when the field is not a whole number of zero or more. */
  count(column: number): number {
    const value = wholeNumber(this.text(column));
    if (!Number.isNaN(value)) return value;
    throw this.#invalid(column, 'is not a whole number. Use the file as it was exported.');
  }

  /** What a code of the format means. @throws ImportError for one that it does not have. */
  coded<Meaning>(column: number, meanings: ReadonlyMap<string, Meaning>): Meaning {
    const meaning = meanings.get(this.text(column).trim());
    if (meaning !== undefined) return meaning;
    throw this.#invalid(column, `is none of ${[...meanings.keys()].join(', ')}.`);
  }

  // The field itself is left out: it may be a reading.
  #invalid(column: number, what: string): ImportError {
    const name = this.#columns[column] ?? 'a field';
    return new ImportError('IMPORT_CSV_INVALID', `${name} ${what}`, {
      file: this.file,
      line: this.line,
    });
  }
}

import { columnNames, eachRow, type RowReader } from '../export/csv-rows.ts';
import type { ExportEntry } from '../export/export-file.ts';
import { ImportError } from '../import-error.ts';
import { slug, type Connector, type ReadOptions, type Recognition } from './connector.ts';
import { fitabasePerson, type FitabasePerson } from './fitabase-person.ts';
import { FitabaseRow } from './fitabase-row.ts';
import { notImportedReason, tableOf } from './fitabase-tables.ts';

/**
 * Fitbit data as Fitabase exports it: one CSV a table, an `Id` column where it holds several
 * people, and wall-clock time without a zone.
 */
export const fitbitFitabase: Connector = {
  name: 'fitbit-fitabase',
  label: 'Fitbit (Fitabase export)',
  signals: ['heart-rate', 'steps'],
  times: 'wall-clock',
  peopleBy: 'id',

  recognise(_entry, head): Recognition | undefined {
    const columns = columnNames(head[0] ?? '');
    if (tableOf(columns) !== undefined) return { imported: true };
    const reason = notImportedReason(columns);
    return reason === undefined ? undefined : { imported: false, reason };
  },

  async people(files, options) {
    const people = new Set<string>();
    for (const file of files) {
      await eachRow(file, options, (columns) => {
        const personOf = personColumn(columns, file);
        return (fields) => people.add(personOf(fields));
      });
    }
    return [...people].toSorted();
  },

  async read(files, options) {
    const people = new Set<string>();
    let chosen = options.person;
    let person: FitabasePerson | undefined;
    const choose = (id: string): FitabasePerson | undefined => {
      people.add(id);
      chosen ??= id;
      if (id === chosen) person ??= fitabasePerson(`fitbit-${slug(id)}`, options);
      return id === chosen ? person : undefined;
    };
    for (const file of files) await readFile(file, options, choose);
    person?.finish();
    return [...people].toSorted();
  },
};

async function readFile(
  file: ExportEntry,
  options: ReadOptions,
  choose: (id: string) => FitabasePerson | undefined,
): Promise<void> {
  await eachRow(file, options, (columns) => {
    const table = tableOf(columns);
    if (table === undefined) {
      throw new ImportError('IMPORT_COLUMNS', 'its columns changed while it was read.', {
        file: file.path,
      });
    }
    const row = new FitabaseRow(file.path, columns);
    const personOf = personColumn(columns, file);
    let lastId: string | undefined;
    let read: (() => void) | undefined;
    let ownRead: (() => void) | undefined;
    return (fields, line) => {
      const id = personOf(fields);
      if (id !== lastId) {
        const person = choose(id);
        // One reader a file, so that the clock keeps its place when rows of people alternate.
        if (person !== undefined) ownRead ??= table.reader(person, row);
        read = person === undefined ? undefined : ownRead;
        lastId = id;
      }
      if (read === undefined) return;
      row.fields = fields;
      row.line = line;
      read();
    };
  });
}

/** Whose row it is: by the `Id` column, else by the file name, as single-person exports have it. */
function personColumn(
  columns: readonly string[],
  file: ExportEntry,
): (fields: Parameters<RowReader>[0]) => string {
  const idColumn = columns.findIndex((name) => name.toLowerCase() === 'id');
  if (idColumn >= 0) return (fields) => (fields[idColumn] ?? '').trim();
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const person = /^(.+?)_(?:minute|hourly|daily|heartrate|sleep)/i.exec(name)?.[1] ?? 'wearer';
  return () => person;
}

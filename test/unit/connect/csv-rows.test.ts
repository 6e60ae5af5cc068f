import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { columnNames, eachRow } from '../../../apps/connect/export/csv-rows.ts';
import type { ExportEntry } from '../../../apps/connect/export/export-file.ts';
import { fileOf } from './export-in-memory.ts';

const options = { maxLineLength: 1000 };

function entryOf(content: string | Buffer, chunkLength?: number): ExportEntry {
  const file = fileOf('a.csv', Buffer.from(content), chunkLength);
  return { ...file, open: () => Promise.resolve(file.open()) };
}

async function rows(content: string | Buffer, chunkLength?: number) {
  const read: (readonly [number, ...string[]])[] = [];
  let columns: readonly string[] = [];
  await eachRow(entryOf(content, chunkLength), options, (names) => {
    columns = names;
    return (fields, line) => read.push([line, ...fields]);
  });
  return { columns, read };
}

describe('eachRow', () => {
  it('reads plain rows with their lines', async () => {
    expect(await rows('Id, Steps \n1,2\n\n3,4')).toEqual({
      columns: ['Id', 'Steps'],
      read: [
        [2, '1', '2'],
        [4, '3', '4'],
      ],
    });
  });

  it.each([
    ['a byte order mark and CRLF', Buffer.from('\ufeffId,Steps\r\n1,2\r\n')],
    ['UTF-16', Buffer.from('\ufeffId,Steps\r\n1,2\r\n', 'utf16le')],
    ['semicolons', Buffer.from('Id;Steps\n1;2\n')],
    ['tabs', Buffer.from('Id\tSteps\n1\t2\n')],
    ['quotes', Buffer.from('"Id","Steps"\n"1",2\n')],
  ])('reads %s', async (_name, content) => {
    expect(await rows(content, 1)).toEqual({ columns: ['Id', 'Steps'], read: [[2, '1', '2']] });
  });

  it('reads quoted fields with separators, quotes and line ends', async () => {
    const { read } = await rows('a,b\n"x,1","y ""z""\nmore"\n3,4\n', 3);
    expect(read).toEqual([
      [2, 'x,1', 'y "z"\nmore'],
      [4, '3', '4'],
    ]);
  });

  it.each([
    ['a row that is cut off', 'Id,Steps\n1,2\n3', 'IMPORT_CSV_INVALID', 3],
    ['a quote that stays open', 'Id,Steps\n1,"2\n3,4\n', 'IMPORT_CSV_INVALID', 2],
    ['a line without end', `Id,Steps\n${'1'.repeat(5000)}`, 'IMPORT_CSV_INVALID', 2],
    ['a quoted field without end', `Id,Steps\n"${'1\n'.repeat(5000)}`, 'IMPORT_CSV_INVALID', 2],
    ['an empty file', '', 'IMPORT_EMPTY', undefined],
    ['only blank lines', '\n\r\n', 'IMPORT_EMPTY', undefined],
  ])('rejects %s', async (_name, content, code, line) => {
    await expect(rows(content, 100)).rejects.toMatchObject({ code, line, file: 'a.csv' });
  });

  it('stops when it is cancelled', async () => {
    const signal = AbortSignal.abort();
    await expect(
      eachRow(entryOf('Id\n1\n'), { ...options, signal }, () => () => undefined),
    ).rejects.toMatchObject({ code: 'IMPORT_CANCELLED' });
  });

  it('reads any table however it is quoted and cut into chunks', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', '1', ',', '"', '\n', ' ', 'é', ';') });
    const table = fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (written, chunkLength) => {
        const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const lines = written.map((fields) => fields.map(quote).join(','));
        const { read } = await rows(`x,y\n${lines.join('\n')}\n`, chunkLength);
        expect(read.map(([, ...fields]) => fields)).toEqual(written);
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});

describe('columnNames', () => {
  it('reads a header as the reader of rows does', () => {
    expect(columnNames('"Id", "Steps"')).toEqual(['Id', 'Steps']);
    expect(columnNames('Id;Steps')).toEqual(['Id', 'Steps']);
  });

  it('finds none in a broken header', () => {
    expect(columnNames('"Id,Steps')).toEqual([]);
    expect(columnNames('a"b"c,"d"e"')).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { defaultLimits } from '../../../apps/connect/export/limits.ts';
import { openExport } from '../../../apps/connect/export/open-export.ts';
import { exportOf, zipOf } from './export-in-memory.ts';

const csv = 'Id,ActivityMinute,Steps\n1,4/12/2016 12:00:00 AM,3\n';

async function texts(
  files: Readonly<Record<string, string | Buffer>>,
  limits = defaultLimits,
): Promise<Record<string, string>> {
  const { entries } = await openExport(exportOf(files), limits);
  const read: Record<string, string> = {};
  for (const entry of entries) {
    const chunks: Buffer[] = [];
    for await (const chunk of await entry.open()) chunks.push(chunk as Buffer);
    read[entry.path] = Buffer.concat(chunks).toString();
    expect(entry.sizeBytes).toBe(Buffer.concat(chunks).length);
  }
  return read;
}

describe('openExport', () => {
  it('lists plain files, zips, folders in zips and zips in zips', async () => {
    const inner = zipOf({ 'deep/b.csv': 'b' });
    expect(
      await texts({
        'a.csv': csv,
        'one.zip': zipOf({ 'c.csv': 'c', 'folder/': '', 'folder/d.csv': 'd' }),
        'many.zip': zipOf({ 'inner.zip': inner, 'e.csv': 'e' }),
      }),
    ).toEqual({
      'a.csv': csv,
      'one.zip/c.csv': 'c',
      'one.zip/folder/d.csv': 'd',
      'many.zip/inner.zip/deep/b.csv': 'b',
      'many.zip/e.csv': 'e',
    });
  });

  it('knows a zip by its content, whatever its name', async () => {
    expect(await texts({ 'a.csv': zipOf({ 'x.csv': 'x' }) })).toEqual({ 'a.csv/x.csv': 'x' });
  });

  it('passes over what macOS and Windows leave behind', async () => {
    const clutter = {
      '__MACOSX/._a.csv': 'x',
      '.DS_Store': 'x',
      'a/._b.csv': 'x',
      'Thumbs.db': 'x',
    };
    expect(await texts({ ...clutter, 'z.zip': zipOf({ ...clutter, 'a.csv': 'a' }) })).toEqual({
      'z.zip/a.csv': 'a',
    });
  });

  it('names a third zip as skipped', async () => {
    const third = zipOf({ 'a.csv': 'a' });
    const zip = zipOf({ '2.zip': zipOf({ '3.zip': third, 'b.csv': 'b' }) });
    const opened = await openExport(exportOf({ '1.zip': zip }), defaultLimits);
    expect(opened.entries.map(({ path }) => path)).toEqual(['1.zip/2.zip/b.csv']);
    expect(opened.skipped.map(({ path }) => path)).toEqual(['1.zip/2.zip/3.zip']);
  });

  const zip = zipOf({ 'a.csv': csv.repeat(50) });
  const flipped = Buffer.from(zip);
  flipped[60] = (flipped[60] ?? 0) ^ 0x10;

  it.each([
    ['a zip without its end', { 'a.zip': zip.subarray(0, -30) }, 'IMPORT_ZIP_DAMAGED'],
    ['the first half of a zip', { 'a.zip': zip.subarray(0, zip.length / 2) }, 'IMPORT_ZIP_DAMAGED'],
    ['a zip with a flipped bit', { 'a.zip': flipped }, 'IMPORT_ZIP_DAMAGED'],
    [
      'a wrong checksum',
      { 'a.zip': zipOf({ 'a.csv': csv }, { checksum: 1 }) },
      'IMPORT_ZIP_DAMAGED',
    ],
    [
      'more bytes than the zip says',
      { 'a.zip': zipOf({ 'a.csv': csv }, { claimedSize: 5 }) },
      'IMPORT_ZIP_DAMAGED',
    ],
    ['a path out of the zip', { 'a.zip': zipOf({ '../../etc/a.csv': csv }) }, 'IMPORT_ZIP_DAMAGED'],
    ['an absolute path', { 'a.zip': zipOf({ '/etc/a.csv': csv }) }, 'IMPORT_ZIP_DAMAGED'],
    [
      'a password',
      { 'a.zip': zipOf({ 'a.csv': csv }, { isEncrypted: true }) },
      'IMPORT_ZIP_ENCRYPTED',
    ],
    ['an empty zip', { 'a.zip': zipOf({}) }, 'IMPORT_EMPTY'],
    ['no files', {}, 'IMPORT_EMPTY'],
  ])('rejects %s', async (_name, files, code) => {
    await expect(texts(files)).rejects.toMatchObject({ code });
  });

  it('rejects a zip that grows suspiciously, before inflating it', async () => {
    const bomb = zipOf({ 'a.csv': 'x' }, { claimedSize: 2 ** 31 });
    await expect(texts({ 'a.zip': bomb })).rejects.toMatchObject({ code: 'IMPORT_TOO_LARGE' });
  });

  it.each([
    ['too many files', { maxFiles: 1 }, { 'a.csv': 'a', 'b.csv': 'b' }],
    ['too many files in a zip', { maxFiles: 1 }, { 'z.zip': zipOf({ a: 'a', b: 'b' }) }],
    ['too many bytes', { maxTotalBytes: 3 }, { 'a.csv': 'aa', 'b.csv': 'bb' }],
    ['an inner zip too large', { maxNestedZipBytes: 9 }, { 'z.zip': zipOf({ 'a.zip': zip }) }],
  ])('rejects %s', async (_name, limits, files) => {
    await expect(texts(files, { ...defaultLimits, ...limits })).rejects.toMatchObject({
      code: 'IMPORT_TOO_LARGE',
    });
  });
});

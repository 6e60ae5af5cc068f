import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { openMemoryPod } from '../../../adapters/index.ts';
import { importExport, openSpoolFolder } from '../../../apps/connect/index.ts';
import { zipOf } from './export-in-memory.ts';

const limits = { maxBytes: 1_000_000, maxFiles: 3 };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wellpod-spool-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('upload spool', () => {
  it('gives back any range of what it took in', async () => {
    const bytes = randomBytes(50_000);
    const spool = (await openSpoolFolder(folder))(limits);
    await spool.add('a/b.csv', Readable.from([bytes.subarray(0, 20_001), bytes.subarray(20_001)]));
    const [file] = spool.input('upload').files;
    expect([file?.path, file?.sizeBytes]).toEqual(['a/b.csv', bytes.length]);
    expect(file && (await bytesOf(file.open())).equals(bytes)).toBe(true);
    const position = fc.integer({ min: 0, max: bytes.length });
    await fc.assert(
      fc.asyncProperty(position, position, async (a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const read = file && (await bytesOf(file.open({ start, end })));
        expect(read?.equals(bytes.subarray(start, end))).toBe(true);
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  it('feeds an import with a zip', async () => {
    const csv = 'Id,ActivityMinute,Steps\n7,4/12/2016 12:00:00 AM,3\n';
    const spool = (await openSpoolFolder(folder))(limits);
    await spool.add('x.zip', Readable.from([zipOf({ 'steps.csv': csv.padEnd(csv.length) })]));
    const target = { pod: openMemoryPod(), storageUrl: 'https://pod.example/' };
    expect(await importExport(spool.input('upload'), target, { timeZone: 'UTC' })).toMatchObject({
      name: 'upload',
      person: '7',
    });
  });

  it('holds nothing readable on disk, and nothing after it is discarded', async () => {
    const spool = (await openSpoolFolder(folder))(limits);
    await spool.add('secret.csv', Readable.from([Buffer.from('heartbeat '.repeat(5000))]));
    const names = await readdir(folder);
    expect(names).toHaveLength(1);
    const stored = await readFile(join(folder, names[0] ?? ''));
    expect(stored.includes('heartbeat')).toBe(false);
    expect(names.join()).not.toContain('secret');
    await spool.discard();
    await spool.discard();
    expect(await readdir(folder)).toEqual([]);
    await expect(spool.add('late.csv', Readable.from([Buffer.from('x')]))).rejects.toMatchObject({
      code: 'IMPORT_CANCELLED',
    });
  });

  it('notices a changed byte', async () => {
    const spool = (await openSpoolFolder(folder))(limits);
    await spool.add('a.csv', Readable.from([Buffer.alloc(40_000, 'a')]));
    const path = join(folder, (await readdir(folder))[0] ?? '');
    const stored = await readFile(path);
    stored[20_000] = (stored[20_000] ?? 0) ^ 1;
    await writeFile(path, stored);
    const [file] = spool.input('upload').files;
    expect(file && (await bytesOf(file.open({ start: 0, end: 100 }))).length).toBe(100);
    await expect(file && bytesOf(file.open())).rejects.toThrow(/authenticate/);
  });

  it('refuses too many bytes and too many files', async () => {
    const spool = (await openSpoolFolder(folder))({ maxBytes: 10, maxFiles: 2 });
    await spool.add('a.csv', Readable.from([Buffer.alloc(10)]));
    const tooLarge = { code: 'IMPORT_TOO_LARGE' };
    await expect(spool.add('b.csv', Readable.from([Buffer.alloc(1)]))).rejects.toMatchObject(
      tooLarge,
    );
    await expect(spool.add('c.csv', Readable.from([]))).rejects.toMatchObject(tooLarge);
    await spool.discard();
    expect(await readdir(folder)).toEqual([]);
  });

  it('removes at start what an earlier process left, and nothing else', async () => {
    await writeFile(join(folder, 'left.spool'), 'x');
    await writeFile(join(folder, 'other.txt'), 'x');
    await openSpoolFolder(folder);
    expect(await readdir(folder)).toEqual(['other.txt']);
  });
});

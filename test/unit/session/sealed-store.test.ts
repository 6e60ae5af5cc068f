import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { z } from 'zod';
import { createSeal } from '../../../apps/shared/session/seal.ts';
import { type SealedStore, openSealedStore } from '../../../apps/shared/session/sealed-store.ts';
import { stateKey } from '../../../apps/shared/session/state-key.ts';

const key = new Uint8Array(32).fill(1);
const other = new Uint8Array(32).fill(2);
const schema = z.object({ count: z.number() });
let folder: string;
let store: SealedStore<{ count: number }>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wellpod-sealed-'));
  store = await openSealedStore(join(folder, 'records'), key, schema);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const files = async (): Promise<string[]> =>
  (await readdir(join(folder, 'records'))).map((name) => join(folder, 'records', name));

describe('seal', () => {
  it('opens what it closed, in the same context only', () => {
    const seal = createSeal(key, 'test');
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.string(),
        fc.string(),
        (plain, one, two) => {
          const sealed = seal.close(plain, one);
          expect(new Uint8Array(seal.open(sealed, one) ?? [])).toEqual(plain);
          expect(seal.open(sealed, `${one}${two}.`)).toBeUndefined();
          expect(createSeal(other, 'test').open(sealed, one)).toBeUndefined();
          expect(createSeal(key, 'other purpose').open(sealed, one)).toBeUndefined();
        },
      ),
      { seed: 1, numRuns: 50 },
    );
  });

  it('notices every flipped bit and every cut', () => {
    const seal = createSeal(key, 'test');
    const sealed = seal.close(Buffer.from('reading'), 'c');
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(seal.open(changed, 'c')).toBeUndefined();
    }
    for (let length = 0; length < sealed.length; length++)
      expect(seal.open(sealed.subarray(0, length), 'c')).toBeUndefined();
  });
});

describe('sealed store', () => {
  it('keeps records for whoever opens the folder with the same key', async () => {
    await store.write('alice', { count: 1 });
    const again = await openSealedStore(join(folder, 'records'), key, schema);
    expect(await again.read('alice')).toEqual({ count: 1 });
    expect(await again.ids()).toEqual(['alice']);
  });

  it('tells nothing by its files, which are their owner’s alone', async () => {
    await store.write('alice', { count: 12345 });
    for (const path of await files()) {
      expect(path + (await readFile(path, 'latin1'))).not.toMatch(/alice|12345/u);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    }
    expect((await stat(join(folder, 'records'))).mode & 0o777).toBe(0o700);
  });

  it('takes a record of another key, a damaged or an exchanged one as absent', async () => {
    await store.write('alice', { count: 1 });
    await store.write('bob', { count: 2 });
    expect(await (await openSealedStore(join(folder, 'records'), other, schema)).ids()).toEqual([]);
    const [one = '', two = ''] = await files();
    const bytes = await readFile(one);
    await writeFile(two, bytes);
    await writeFile(one, bytes.subarray(0, 40));
    expect(await store.ids()).toEqual([]);
    await store.sweep(() => false);
    expect(await files()).toEqual([]);
  });

  it('sweeps what is done with', async () => {
    await store.write('old', { count: 1 });
    await store.write('new', { count: 2 });
    await store.sweep(({ count }) => count === 1);
    expect(await store.ids()).toEqual(['new']);
  });

  it('loses no update among many under the lock', async () => {
    await store.write('n', { count: 0 });
    const stores = await Promise.all(
      [0, 1, 2].map(() => openSealedStore(join(folder, 'records'), key, schema)),
    );
    const increments = Array.from({ length: 30 }, (_, index) => {
      const mine = stores[index % 3] ?? store;
      return mine.locked('n', async () => {
        const { count } = (await mine.read('n')) ?? { count: -1000 };
        await mine.write('n', { count: count + 1 });
      });
    });
    await Promise.all(increments);
    expect(await store.read('n')).toEqual({ count: 30 });
    expect((await files()).length).toBe(1);
  });

  it('takes over the lock of a process that has died', async () => {
    await store.write('n', { count: 0 });
    const [record = ''] = await files();
    // Process ids end far below this one.
    await writeFile(`${record}.lock`, '4194999 abc');
    const seen: number[] = [];
    await Promise.all([1, 2].map((who) => store.locked('n', async () => void seen.push(who))));
    expect(seen.toSorted((one, two) => one - two)).toEqual([1, 2]);
  });

  it('releases the lock of a task that failed', async () => {
    const failing = store.locked('n', () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await store.locked('n', () => Promise.resolve('free'))).toBe('free');
  });
});

describe('state key', () => {
  it('is made once, even by many at the same moment', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => stateKey(folder)));
    expect(new Set(keys.map((one) => Buffer.from(one).toString('hex'))).size).toBe(1);
    expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).filter((name) => name.startsWith('key'))).toEqual(['key']);
  });

  it('is the given one, which must be 32 bytes', async () => {
    const given = Buffer.from(key).toString('base64');
    expect(new Uint8Array(await stateKey(folder, given))).toEqual(key);
    await expect(stateKey(folder, 'short')).rejects.toThrow('WELLPOD_STATE_KEY must be 32 bytes');
  });
});

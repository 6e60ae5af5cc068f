import { createHmac, randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { withFileLock } from './file-lock.ts';
import { type MasterKey, createSeal, derivedKey } from './seal.ts';
import { isSystemError } from './system-error.ts';

/** Small records, each an encrypted file whose name says nothing about its id. */
export interface SealedStore<T> {
  /** `undefined` when absent, or unreadable: of another key, damaged, or of an older form. */
  read(id: string): Promise<T | undefined>;
  /** Replaces the record as a whole; after a crash either the old or the new one is there. */
  write(id: string, value: T): Promise<void>;
  remove(id: string): Promise<void>;
  /** Removes the unreadable records, and those the test finds done with. */
  sweep(isDone: (value: T) => boolean): Promise<void>;
  ids(): Promise<readonly string[]>;
  /** Runs `task` while no other process or call holds this record's lock. */
  locked<R>(id: string, task: () => Promise<R>): Promise<R>;
}

const suffix = '.sealed';
const draftLifeMs = 600_000;

/** Opens (and creates) a store in a folder. The schema is what a record must still be when read. */
export async function openSealedStore<T>(
  folder: string,
  key: MasterKey,
  schema: z.ZodType<T>,
): Promise<SealedStore<T>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const seal = createSeal(key, 'records');
  const nameKey = derivedKey(key, 'record names');
  const nameOf = (id: string): string =>
    createHmac('sha256', nameKey).update(id).digest('base64url') + suffix;
  const form = z.object({ id: z.string(), value: schema });
  const envelope = async (name: string): Promise<{ id: string; value: T } | undefined> => {
    const bytes = await bytesOf(join(folder, name));
    const plain = bytes && seal.open(bytes, name);
    if (plain === undefined) return undefined;
    return form.safeParse(JSON.parse(plain.toString('utf8'))).data;
  };
  const names = async (): Promise<string[]> =>
    (await readdir(folder)).filter((name) => name.endsWith(suffix));

  return {
    read: async (id) => (await envelope(nameOf(id)))?.value,
    async write(id, value) {
      const name = nameOf(id);
      await replaceFile(folder, name, seal.close(Buffer.from(JSON.stringify({ id, value })), name));
    },
    remove: (id) => rm(join(folder, nameOf(id)), { force: true }),
    async sweep(isDone) {
      for (const name of await names()) {
        const found = await envelope(name);
        if (found === undefined || isDone(found.value))
          await rm(join(folder, name), { force: true });
      }
      await removeAbandonedDrafts(folder);
    },
    async ids() {
      const found = await Promise.all((await names()).map(envelope));
      return found.flatMap((record) => record?.id ?? []);
    },
    locked: (id, task) => withFileLock(join(folder, `${nameOf(id)}.lock`), task),
  };
}

async function bytesOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** What a process left that died while it was writing. */
async function removeAbandonedDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (name.endsWith(suffix) || Date.now() - (await modifiedMs(path)) < draftLifeMs) continue;
    await rm(path, { force: true });
  }
}

async function modifiedMs(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

async function replaceFile(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const draft = join(folder, `${name}.${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      // A rotated refresh token that is lost to a power cut can never be had again.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(folder, name));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

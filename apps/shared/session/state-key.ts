import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MasterKey } from './seal.ts';
import { isSystemError } from './system-error.ts';

const keyBytes = 32;

/**
 * The key that everything in the state folder is encrypted with: the given one, else `key` in the
 * folder, created at first use, readable by its owner only.
 * @throws Error when either is not 32 bytes of base64.
 */
export async function stateKey(folder: string, given?: string): Promise<MasterKey> {
  if (given !== undefined) return decoded(given, 'WELLPOD_STATE_KEY');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const path = join(folder, 'key');
  return (await stored(path)) ?? create(path);
}

async function stored(path: string): Promise<MasterKey | undefined> {
  try {
    return decoded(await readFile(path, 'utf8'), path);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function create(path: string): Promise<MasterKey> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, randomBytes(keyBytes).toString('base64'), { mode: 0o600, flag: 'wx' });
  try {
    // `link` never replaces: of two processes at their first start, one key wins for both.
    await link(draft, path);
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  return decoded(await readFile(path, 'utf8'), path);
}

function decoded(text: string, source: string): MasterKey {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== keyBytes) throw new Error(`${source} must be ${keyBytes} bytes in base64`);
  return key;
}

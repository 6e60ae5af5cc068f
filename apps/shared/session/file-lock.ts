import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSystemError } from './system-error.ts';

/** Longer than anything done under a lock may take; then its holder counts as hung. */
const staleAfterMs = 60_000;
const retryEveryMs = 40;

/** Locks of this process: one of its pid that is not here was left by an earlier process. */
const held = new Set<string>();

/**
 * Runs `task` while holding a lock file, which other processes on this machine respect too.
 * A lock whose process has died, or that is a minute old, is taken over.
 */
export async function withFileLock<R>(path: string, task: () => Promise<R>): Promise<R> {
  const mark = `${process.pid} ${randomBytes(8).toString('hex')}`;
  while (!(await create(path, mark))) {
    if (!(await takeStale(path))) await sleep(retryEveryMs * (0.5 + Math.random()));
  }
  try {
    return await task();
  } finally {
    held.delete(mark);
    if ((await contentOf(path)) === mark) await rm(path, { force: true });
  }
}

async function create(path: string, mark: string): Promise<boolean> {
  held.add(mark);
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(mark);
    await file.close();
    return true;
  } catch (error) {
    held.delete(mark);
    if (isSystemError(error, 'EEXIST')) return false;
    throw error;
  }
}

/** True when a stale lock was moved away, so that creating is worth a try at once. */
async function takeStale(path: string): Promise<boolean> {
  const seen = await contentOf(path);
  if (seen === undefined) return true;
  if (!(await isStale(path, seen))) return false;
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(path, aside);
    // Between looking and moving, another waiter may have taken it over: then give it back.
    if ((await contentOf(aside)) !== seen) await link(aside, path);
    return true;
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'EEXIST')) return true;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function isStale(path: string, content: string): Promise<boolean> {
  try {
    if (Date.now() - (await stat(path)).mtimeMs > staleAfterMs) return true;
  } catch {
    return true;
  }
  const pid = Number.parseInt(content, 10);
  // Empty: created a moment ago, its holder not yet written in.
  if (!Number.isInteger(pid)) return false;
  return pid === process.pid ? !held.has(content) : !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !isSystemError(error, 'ESRCH');
  }
}

async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

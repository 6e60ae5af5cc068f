import { randomBytes } from 'node:crypto';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSystemError } from './system-error.ts';

/** Longer than anything done under a lock may take; then its holder counts as hung. */
const staleAfterMs = 60_000;
const retryEveryMs = 40;

/** The last task of this process for each lock: within a process they queue without a file. */
const queues = new Map<string, Promise<void>>();

/**
 * Runs `task` while holding a lock file, which other processes on this machine respect too.
 * A lock whose process has died, or that is a minute old, is taken over.
 */
export async function withFileLock<R>(lockFile: string, task: () => Promise<R>): Promise<R> {
  const path = resolve(lockFile);
  const before = queues.get(path) ?? Promise.resolve();
  const run = before.then(() => holdingFile(path, task));
  const ended = run.then(
    () => undefined,
    () => undefined,
  );
  queues.set(path, ended);
  try {
    return await run;
  } finally {
    if (queues.get(path) === ended) queues.delete(path);
  }
}

async function holdingFile<R>(path: string, task: () => Promise<R>): Promise<R> {
  const mark = `${process.pid} ${randomBytes(8).toString('hex')}`;
  while (!(await create(path, mark))) {
    await removeStale(path);
    await sleep(retryEveryMs * (0.5 + Math.random()));
  }
  try {
    return await task();
  } finally {
    if ((await contentOf(path)) === mark) await rm(path, { force: true });
  }
}

async function create(path: string, mark: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(mark);
    await file.close();
    return true;
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * Only one process at a time looks and removes: else the second of two could remove, by what it
 * saw before, the new lock of the first.
 */
async function removeStale(path: string): Promise<void> {
  if (!(await isStale(path))) return;
  const guard = `${path}.taking`;
  if (await isOld(guard)) await rm(guard, { force: true });
  if (!(await create(guard, ''))) return;
  try {
    if (await isStale(path)) await rm(path, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

async function isStale(path: string): Promise<boolean> {
  const pid = Number.parseInt((await contentOf(path)) ?? '', 10);
  // This process queues for itself, so a lock with its id is of an earlier process that had it too.
  if (Number.isInteger(pid) && (pid === process.pid || !isAlive(pid))) return true;
  // Also when empty: its process may have died between creating and writing.
  return isOld(path);
}

async function isOld(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > staleAfterMs;
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return false;
    throw error;
  }
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

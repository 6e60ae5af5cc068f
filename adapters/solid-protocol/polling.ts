import { setTimeout as pause } from 'node:timers/promises';
import { type PodAdapter, type PodEvent, PodError } from '../contract/index.ts';

/** What is compared from one look to the next: a version by URL. */
type Snapshot = ReadonlyMap<string, string>;

/** How often to look. */
export interface PollOptions {
  readonly signal: AbortSignal;
  /** Default 30 s. */
  readonly intervalMs?: number;
  /** Called when the first look is done, and so changes from now on are seen. */
  readonly onReady?: () => void;
}

/**
 * Watches by looking again: a container's members by size and time, a document by its ETag.
 * Ends when `signal` aborts. A pod that is away for a while is waited for.
 */
export async function* pollChanges(
  pod: Pick<PodAdapter, 'list' | 'readIfChanged' | 'read'>,
  url: string,
  { signal, intervalMs = 30_000, onReady }: PollOptions,
): AsyncIterable<PodEvent> {
  let before: Snapshot | undefined;
  while (!signal.aborted) {
    const now = await look(pod, url, { before, signal });
    if (now !== undefined) {
      if (before === undefined) onReady?.();
      else yield* changes(before, now);
      before = now;
    }
    await pause(intervalMs, undefined, { signal }).catch(() => undefined);
  }
}

async function look(
  pod: Pick<PodAdapter, 'list' | 'readIfChanged' | 'read'>,
  url: string,
  { before, signal }: { readonly before: Snapshot | undefined; readonly signal: AbortSignal },
): Promise<Snapshot | undefined> {
  try {
    if (url.endsWith('/')) return await members(pod, url, signal);
    const known = before?.get(url);
    const found =
      known === undefined
        ? await pod.read(url, { signal })
        : await pod.readIfChanged(url, known, { signal });
    if (found === undefined) return before;
    await found.bytes().cancel();
    return new Map([[url, found.etag ?? '']]);
  } catch (error) {
    if (signal.aborted) return undefined;
    if (PodError.is(error) && error.code === 'POD_NOT_FOUND') return new Map();
    if (PodError.is(error) && error.code === 'POD_UNAVAILABLE') return undefined;
    throw error;
  }
}

async function members(
  pod: Pick<PodAdapter, 'list'>,
  container: string,
  signal: AbortSignal,
): Promise<Snapshot> {
  const found = new Map<string, string>();
  for await (const { url, sizeBytes, modifiedMs } of pod.list(container, { signal })) {
    found.set(url, `${sizeBytes ?? ''} ${modifiedMs ?? ''}`);
  }
  return found;
}

function changes(before: Snapshot, now: Snapshot): readonly PodEvent[] {
  const created = [...now.keys()].filter((url) => !before.has(url));
  const deleted = [...before.keys()].filter((url) => !now.has(url));
  const updated = [...now].filter(
    ([url, version]) => before.has(url) && before.get(url) !== version,
  );
  return [
    ...created.map((url) => ({ kind: 'created', url }) as const),
    ...updated.map(([url]) => ({ kind: 'updated', url }) as const),
    ...deleted.map((url) => ({ kind: 'deleted', url }) as const),
  ];
}

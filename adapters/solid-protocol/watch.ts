import { setTimeout as pause } from 'node:timers/promises';
import { type PodAdapter, type PodEvent, PodError } from '../contract/index.ts';
import { eventQueue } from './event-queue.ts';
import { pollChanges } from './polling.ts';
import { type ChannelOptions, listen, subscribe } from './websocket-channel.ts';

/** How to watch. */
export interface WatchOptions extends ChannelOptions {
  readonly pod: Pick<PodAdapter, 'list' | 'readIfChanged' | 'read'>;
  /** Of the fallback. */
  readonly pollIntervalMs?: number;
}

// Between two attempts to connect; doubles up to the longest.
const reconnectMs = { first: 500, longest: 60_000 };

/**
 * Watches a resource by WebSocket: subscribes, renews in time, connects again after a break (which
 * then shows as one `updated` event of the resource, as changes may have been missed). Falls back
 * to looking regularly where the host offers no such channel.
 */
export async function* watchResource(
  url: string,
  options: WatchOptions,
  signal: AbortSignal,
): AsyncIterable<PodEvent> {
  const queue = eventQueue<PodEvent>();
  // A consumer that leaves its loop ends the channel, too.
  const left = new AbortController();
  const inner = AbortSignal.any([signal, left.signal]);
  const channels = keepListening(url, options, { queue, signal: inner });
  try {
    for await (const event of queue.events(signal)) yield event;
    if (await channels) return;
  } finally {
    left.abort();
    queue.close();
  }
  const { pollIntervalMs: intervalMs } = options;
  yield* pollChanges(options.pod, url, { signal, ...(intervalMs !== undefined && { intervalMs }) });
}

/** Resolves with false when the host offers no channel, else when `signal` aborts. */
async function keepListening(
  url: string,
  options: WatchOptions,
  { queue, signal }: { queue: ReturnType<typeof eventQueue<PodEvent>>; signal: AbortSignal },
): Promise<boolean> {
  let waitMs = reconnectMs.first;
  let wasOpen = false;
  const listener = {
    onOpen: () => {
      if (wasOpen) queue.push({ kind: 'updated', url });
      wasOpen = true;
      waitMs = reconnectMs.first;
    },
    onEvent: queue.push,
  };
  while (!signal.aborted) {
    try {
      const channel = await subscribe(url, options, signal);
      if ((await listen(channel, options, { listener, signal })) === 'renew') continue;
    } catch (error) {
      if (signal.aborted) break;
      if (!PodError.is(error)) throw error;
      if (error.code !== 'POD_UNAVAILABLE') {
        queue.close(error.code === 'POD_UNSUPPORTED' ? undefined : error);
        return false;
      }
    }
    await pause(Math.random() * waitMs, undefined, { signal }).catch(() => undefined);
    waitMs = Math.min(reconnectMs.longest, waitMs * 2);
  }
  queue.close();
  return true;
}

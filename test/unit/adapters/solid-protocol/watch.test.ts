import { describe, expect, it } from '@jest/globals';
import { type PodEvent, openMemoryPod } from '../../../../adapters/index.ts';
import { pollChanges } from '../../../../adapters/solid-protocol/polling.ts';
import { watchResource } from '../../../../adapters/solid-protocol/watch.ts';
import { parseNotification } from '../../../../adapters/solid-protocol/websocket-channel.ts';

const container = 'https://pod.example/alice/';
const text = (value: string) => ({
  bytes: new TextEncoder().encode(value),
  contentType: 'text/plain',
});

describe('parseNotification', () => {
  const url = `${container}a`;
  it.each([
    [
      { type: 'Update', object: url },
      { kind: 'updated', url },
    ],
    [
      { type: ['Add', 'x'], object: { id: url } },
      { kind: 'created', url },
    ],
    [
      { type: 'Remove', object: url, target: container },
      { kind: 'deleted', url },
    ],
    [{ type: 'toString', object: url }, undefined],
    [{ type: 'Update' }, undefined],
    ['just words', undefined],
  ])('reads %j', (message, event) => {
    expect(parseNotification(JSON.stringify(message))).toEqual(event);
  });

  it('takes what is no JSON for nothing', () => {
    expect(parseNotification('{')).toBeUndefined();
    expect(parseNotification(new Uint8Array())).toBeUndefined();
  });
});

/** Makes the changes one after the other, each once the watch looked, and returns what it told. */
async function told(
  watch: (signal: AbortSignal, onReady: () => void) => AsyncIterable<PodEvent>,
  changes: readonly (() => Promise<unknown>)[],
): Promise<readonly PodEvent[]> {
  const done = new AbortController();
  const events: PodEvent[] = [];
  const left = [...changes];
  const next = async (): Promise<void> => {
    const change = left.shift();
    if (change === undefined) done.abort();
    else await change();
  };
  for await (const event of watch(done.signal, () => void next())) {
    events.push(event);
    await next();
  }
  return events;
}

describe('pollChanges', () => {
  it('tells of members that come, change and go', async () => {
    const pod = openMemoryPod();
    const url = `${container}a.txt`;
    await pod.write(`${container}other.txt`, text('x'));
    const events = await told(
      (signal, onReady) => pollChanges(pod, container, { signal, onReady, intervalMs: 5 }),
      [() => pod.write(url, text('1')), () => pod.write(url, text('22')), () => pod.remove(url)],
    );
    expect(events.map(({ kind }) => kind)).toEqual(['created', 'updated', 'deleted']);
    expect(new Set(events.map((event) => event.url))).toEqual(new Set([url]));
  });

  it('tells of a document, also one that is not there yet', async () => {
    const pod = openMemoryPod();
    const url = `${container}a.txt`;
    const events = await told(
      (signal, onReady) => pollChanges(pod, url, { signal, onReady, intervalMs: 5 }),
      [() => pod.write(url, text('1')), () => pod.write(url, text('2'))],
    );
    expect(events.map(({ kind }) => kind)).toEqual(['created', 'updated']);
  });
});

describe('watchResource', () => {
  const dispatcherFor = (): never => {
    throw new Error('No socket is opened here');
  };

  it('looks regularly where the host offers no channel', async () => {
    const pod = openMemoryPod();
    await pod.write(`${container}a.txt`, text('1'));
    const request: typeof fetch = async () => new Response(null);
    const done = new AbortController();
    const options = { pod, request, dispatcherFor, pollIntervalMs: 5 };
    const writing = setInterval(() => {
      void pod.write(`${container}${Date.now()}.txt`, text('x'));
    }, 10);
    for await (const event of watchResource(container, options, done.signal)) {
      expect(event.kind).toBe('created');
      done.abort();
    }
    clearInterval(writing);
    expect(done.signal.aborted).toBe(true);
  });

  it('ends with the refusal of the host', async () => {
    const request: typeof fetch = async () => new Response(null, { status: 403 });
    const { signal } = new AbortController();
    const options = { pod: openMemoryPod(), request, dispatcherFor };
    const watching = (async () => {
      for await (const event of watchResource(container, options, signal)) return event;
      return undefined;
    })();
    await expect(watching).rejects.toMatchObject({ code: 'POD_FORBIDDEN' });
  });
});

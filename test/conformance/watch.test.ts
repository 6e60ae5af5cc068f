import { describe, expect } from '@jest/globals';
import type { PodEvent } from '../../adapters/contract/index.ts';
import { all, failureOf, freshContainer, itCan, itCannot, pod, text } from './pod.ts';

/** Collects events until one fits; the caller makes the change, again and again, until it is seen. */
async function seen(
  url: string,
  change: (round: number) => Promise<unknown>,
  fits: (event: PodEvent) => boolean,
): Promise<readonly PodEvent[]> {
  const done = new AbortController();
  const events: PodEvent[] = [];
  const watching = (async () => {
    for await (const event of pod.watch(url, { signal: done.signal })) {
      events.push(event);
      if (fits(event)) return;
    }
  })();
  // A watch begins at some moment after the call, so one change could be too early to be seen.
  for (let round = 0; round < 100 && !events.some(fits); round++) {
    await change(round);
    await Promise.race([watching, new Promise((resolve) => setTimeout(resolve, 200))]);
  }
  done.abort();
  await watching;
  return events;
}

describe('watch', () => {
  itCan(
    (c) => c.notifications !== 'none',
    'tells of members that come and go',
    async () => {
      const container = freshContainer();
      await pod.write(`${container}first.txt`, text('x'));
      const created = await seen(
        container,
        (round) => pod.write(`${container}new-${round}.txt`, text('x')),
        ({ kind }) => kind === 'created',
      );
      expect(created.at(-1)?.url).toMatch(/\/new-\d+\.txt$/);
      const deleted = await seen(
        container,
        async (round) => {
          await pod.write(`${container}old-${round}.txt`, text('x'));
          await pod.remove(`${container}old-${round}.txt`);
        },
        ({ kind }) => kind === 'deleted',
      );
      expect(deleted.at(-1)?.url).toMatch(/\/old-\d+\.txt$/);
    },
  );

  itCan(
    (c) => c.notifications !== 'none',
    'tells of a change of a document',
    async () => {
      const url = `${freshContainer()}note.txt`;
      await pod.write(url, text('first'));
      const events = await seen(
        url,
        (round) => pod.write(url, text(`round ${round}`)),
        ({ kind }) => kind === 'updated',
      );
      expect(events.at(-1)).toEqual({ kind: 'updated', url });
    },
  );

  itCan(
    (c) => c.notifications !== 'none',
    'ends when the signal aborts',
    async () => {
      const url = `${freshContainer()}note.txt`;
      await pod.write(url, text('x'));
      const done = new AbortController();
      const events = all(pod.watch(url, { signal: done.signal }));
      setTimeout(() => {
        done.abort();
      }, 300);
      expect(await events).toEqual([]);
    },
  );

  itCannot(
    (c) => c.notifications !== 'none',
    'rejects with POD_UNSUPPORTED',
    async () => {
      const { signal } = new AbortController();
      const failure = await failureOf(all(pod.watch(freshContainer(), { signal })));
      expect(failure.code).toBe('POD_UNSUPPORTED');
    },
  );
});

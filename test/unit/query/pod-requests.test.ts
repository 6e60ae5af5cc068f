import { describe, expect, it } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { openMemoryPod } from '../../../adapters/index.ts';
import { podRequests } from '../../../apps/shared/query/pod-requests.ts';

const pod = openMemoryPod();
let nowMs = 0;
const live = (): AbortSignal => new AbortController().signal;

describe('requests to a pod', () => {
  it('gives one answer to all who ask the same at the same time, or soon after', async () => {
    const requests = podRequests({ maxAgeMs: 1000, now: () => nowMs });
    let asked = 0;
    const ask = () =>
      requests({ pod, key: 'list', signal: live() }, () => Promise.resolve(++asked));
    await expect(Promise.all([ask(), ask(), ask()])).resolves.toEqual([1, 1, 1]);
    nowMs += 999;
    await expect(ask()).resolves.toBe(1);
    nowMs += 1;
    await expect(ask()).resolves.toBe(2);
  });

  it('keeps what differs apart, in key and in pod', async () => {
    const requests = podRequests({ maxAgeMs: 1000, now: () => nowMs });
    const other = openMemoryPod();
    const ask = (of: typeof pod, key: string) =>
      requests({ pod: of, key, signal: live() }, () => Promise.resolve({}));
    const [a, b, c] = await Promise.all([ask(pod, 'a'), ask(pod, 'b'), ask(other, 'a')]);
    expect(new Set([a, b, c]).size).toBe(3);
  });

  it('asks again for a query that outlives the cancelled one it was waiting with', async () => {
    const requests = podRequests({ maxAgeMs: 1000, now: () => nowMs });
    const cancelled = new AbortController();
    const first = requests({ pod, key: 'read', signal: cancelled.signal }, async () => {
      await setTimeout(20);
      cancelled.signal.throwIfAborted();
      return 'too late';
    });
    const second = requests({ pod, key: 'read', signal: live() }, () => Promise.resolve('answer'));
    cancelled.abort(new Error('left'));
    await expect(first).rejects.toThrow('left');
    await expect(second).resolves.toBe('answer');
  });

  it('hands a failure of the pod to everyone who waited for it', async () => {
    const requests = podRequests({ maxAgeMs: 1000, now: () => nowMs });
    let asked = 0;
    const ask = () =>
      requests({ pod, key: 'list', signal: live() }, () => {
        asked += 1;
        return Promise.reject(new Error('down'));
      });
    const outcomes = await Promise.allSettled([ask(), ask()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(asked).toBe(1);
  });
});

import { describe, expect } from '@jest/globals';
import { writeVerified } from '../../adapters/index.ts';
import { PodError } from '../../adapters/contract/index.ts';
import {
  failureOf,
  freshUrl,
  itCan,
  itCannot,
  pod,
  rawGet,
  speaksHttp,
  text,
  textOf,
} from './pod.ts';

describe('write with ifAbsent', () => {
  itCan(
    (c) => c.writeIfAbsent,
    'rejects with POD_PRECONDITION_FAILED over an existing resource, and leaves it',
    async () => {
      const url = freshUrl('note.txt');
      await pod.write(url, text('first'), { ifAbsent: true });
      const second = pod.write(url, text('second'), { ifAbsent: true });
      expect((await failureOf(second)).code).toBe('POD_PRECONDITION_FAILED');
      expect(await textOf(await pod.read(url))).toBe('first');
    },
  );

  itCan(
    (c) => c.writeIfAbsent,
    'has exactly one winner among ten at once',
    async () => {
      const url = freshUrl('note.txt');
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, (_, writer) =>
          pod.write(url, text(`writer ${writer}`), { ifAbsent: true }),
        ),
      );
      const winners = outcomes.flatMap(({ status }, writer) =>
        status === 'fulfilled' ? [`writer ${writer}`] : [],
      );
      expect(winners).toEqual([await textOf(await pod.read(url))]);
    },
  );

  itCannot(
    (c) => c.writeIfAbsent,
    'rejects with POD_UNSUPPORTED instead of overwriting',
    async () => {
      const refused = pod.write(freshUrl('note.txt'), text('x'), { ifAbsent: true });
      expect((await failureOf(refused)).code).toBe('POD_UNSUPPORTED');
    },
  );
});

describe('write with ifMatch', () => {
  itCan(
    (c) => c.writeIfMatch,
    'writes over the version that was read',
    async () => {
      const url = freshUrl('note.txt');
      await pod.write(url, text('first'));
      const { etag = '' } = await pod.read(url);
      await pod.write(url, text('second'), { ifMatch: etag });
      expect(await textOf(await pod.read(url))).toBe('second');
    },
  );

  itCan(
    (c) => c.writeIfMatch,
    'rejects with POD_PRECONDITION_FAILED when the ETag is stale, and leaves the resource',
    async () => {
      const url = freshUrl('note.txt');
      await pod.write(url, text('first'));
      const { etag = '' } = await pod.read(url);
      await pod.write(url, text('second, longer'));
      const third = pod.write(url, text('third'), { ifMatch: etag });
      expect((await failureOf(third)).code).toBe('POD_PRECONDITION_FAILED');
      expect(await textOf(await pod.read(url))).toBe('second, longer');
    },
  );

  itCan(
    (c) => c.writeIfMatch,
    'does not bring back what was removed',
    async () => {
      const url = freshUrl('note.txt');
      await pod.write(url, text('first'));
      const { etag = '' } = await pod.read(url);
      await pod.remove(url);
      const late = pod.write(url, text('second'), { ifMatch: etag });
      expect((await failureOf(late)).code).toBe('POD_PRECONDITION_FAILED');
      const status = speaksHttp ? (await rawGet(url)).status : 404;
      expect(status).toBe(404);
      expect((await failureOf(pod.read(url))).code).toBe('POD_NOT_FOUND');
    },
  );

  itCan(
    (c) => c.writeIfMatch,
    'loses no update of four writers',
    async () => {
      const url = freshUrl('count.txt');
      await pod.write(url, text('0'));
      await Promise.all(Array.from({ length: 4 }, () => addTo(url, 2)));
      expect(await textOf(await pod.read(url))).toBe('8');
    },
  );

  itCannot(
    (c) => c.writeIfMatch,
    'rejects with POD_UNSUPPORTED instead of overwriting',
    async () => {
      const refused = pod.write(freshUrl('note.txt'), text('x'), { ifMatch: '"x"' });
      expect((await failureOf(refused)).code).toBe('POD_UNSUPPORTED');
    },
  );
});

describe('writeVerified', () => {
  const body = (value: string) => ({
    bytes: new TextEncoder().encode(value),
    contentType: 'text/plain',
  });

  itCan(
    (c) => c.writeIfAbsent,
    'takes a repetition of its own write for success',
    async () => {
      const url = freshUrl('batch.txt');
      const first = await writeVerified(pod, url, body('batch'), { ifAbsent: true });
      const again = await writeVerified(pod, url, body('batch'), { ifAbsent: true });
      expect([first.alreadyThere, again.alreadyThere]).toEqual([false, true]);
      expect(again.etag).toBe((await pod.read(url)).etag);
    },
  );

  itCan(
    (c) => c.writeIfAbsent,
    "rejects with POD_PRECONDITION_FAILED over somebody else's bytes",
    async () => {
      const url = freshUrl('batch.txt');
      await pod.write(url, body('theirs'));
      const ours = writeVerified(pod, url, body('ours'), { ifAbsent: true });
      expect((await failureOf(ours)).code).toBe('POD_PRECONDITION_FAILED');
      expect(await textOf(await pod.read(url))).toBe('theirs');
    },
  );

  itCan(
    (c) => c.writeIfAbsent && c.writeIfMatch,
    'repairs a torn copy where the address determines the content',
    async () => {
      const url = freshUrl('batch.txt');
      await pod.write(url, body('bat'));
      await writeVerified(pod, url, body('batch'), { ifAbsent: true, repair: true });
      expect(await textOf(await pod.read(url))).toBe('batch');
    },
  );
});

/** Adds one to a number in the pod, `times` over, as programs that know nothing of each other do. */
async function addTo(url: string, times: number): Promise<void> {
  for (let done = 0; done < times;) {
    const found = await pod.read(url);
    const next = Number(await textOf(found)) + 1;
    try {
      await pod.write(url, text(String(next)), { ifMatch: found.etag ?? '' });
      done++;
    } catch (error) {
      if (!PodError.is(error) || error.code !== 'POD_PRECONDITION_FAILED') throw error;
    }
  }
}

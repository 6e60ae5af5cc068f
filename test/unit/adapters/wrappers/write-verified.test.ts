import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  type PodAdapter,
  PodError,
  type PodErrorCode,
  openMemoryPod,
  writeVerified,
} from '../../../../adapters/index.ts';

const url = 'https://pod.example/wellness/batch.ttl';
const body = (text: string) => ({
  bytes: new TextEncoder().encode(text),
  contentType: 'text/turtle',
});
const sleep = () => Promise.resolve();

/** What a host does to a write besides doing it. */
type Fault = 'none' | 'lost' | 'lost answer' | 'late' | 'torn' | 'read fails';

/** A pod whose n-th write meets the n-th fault; a late write is applied after the next request. */
function faulty(inner: PodAdapter, faults: readonly Fault[]): PodAdapter {
  let writes = 0;
  let late: (() => Promise<unknown>) | undefined;
  let failRead = false;
  const unavailable = (): PodError => new PodError('POD_UNAVAILABLE', 'The pod did not answer');
  const settle = async (): Promise<void> => {
    const pending = late;
    late = undefined;
    await pending?.().catch(() => undefined);
  };
  return {
    ...inner,
    async read(at, options) {
      if (failRead) {
        failRead = false;
        throw unavailable();
      }
      const found = await inner.read(at, options).finally(settle);
      return found;
    },
    async write(at, content, options) {
      const fault = faults[writes++] ?? 'none';
      await settle();
      if (fault === 'none') return inner.write(at, content, options);
      if (fault === 'lost answer' || fault === 'read fails') {
        await inner.write(at, content, options);
        failRead = fault === 'read fails';
      }
      if (fault === 'late') late = () => inner.write(at, content, options);
      if (fault === 'torn') await inner.write(at, body('torn'), options);
      throw unavailable();
    },
  };
}

const textAt = async (pod: PodAdapter): Promise<string> =>
  new Response((await pod.read(url)).bytes()).text();

async function codeOf(call: Promise<unknown>): Promise<PodErrorCode | 'none'> {
  try {
    await call;
    return 'none';
  } catch (error) {
    if (PodError.is(error)) return error.code;
    throw error;
  }
}

describe('writeVerified', () => {
  it.each<Fault>(['none', 'lost', 'lost answer', 'late', 'torn', 'read fails'])(
    'creates and repairs through a write that meets: %s',
    async (fault) => {
      const pod = openMemoryPod();
      const options = { ifAbsent: true, repair: true, sleep };
      await writeVerified(faulty(pod, [fault]), url, body('batch'), options);
      expect(await textAt(pod)).toBe('batch');
    },
  );

  it('never takes a torn copy for a success, nor replaces it unasked', async () => {
    const pod = openMemoryPod();
    const write = writeVerified(faulty(pod, ['torn']), url, body('batch'), {
      ifAbsent: true,
      sleep,
    });
    expect(await codeOf(write)).toBe('POD_PRECONDITION_FAILED');
  });

  it('does not overwrite a change that came between a lost write and its repetition', async () => {
    const inner = openMemoryPod();
    const { etag = '' } = await inner.write(url, body('first'));
    const pod = faulty(inner, ['lost']);
    const write = writeVerified(pod, url, body('ours'), {
      ifMatch: etag,
      sleep: async () => {
        await inner.write(url, body('theirs'));
      },
    });
    expect(await codeOf(write)).toBe('POD_PRECONDITION_FAILED');
    expect(await textAt(inner)).toBe('theirs');
  });

  it('does not bring back what somebody removed', async () => {
    const inner = openMemoryPod();
    const { etag = '' } = await inner.write(url, body('first'));
    await inner.remove(url);
    const write = writeVerified(inner, url, body('ours'), { ifMatch: etag, sleep });
    expect(await codeOf(write)).toBe('POD_PRECONDITION_FAILED');
    expect(await codeOf(inner.read(url))).toBe('POD_NOT_FOUND');
  });

  it('passes a clear refusal on at once', async () => {
    let writes = 0;
    const full: PodAdapter = {
      ...openMemoryPod({ quotaBytes: 3 }),
      write: () => {
        writes++;
        return Promise.reject(new PodError('POD_FULL', 'The pod has no room for this'));
      },
    };
    expect(await codeOf(writeVerified(full, url, body('batch'), { sleep }))).toBe('POD_FULL');
    expect(writes).toBe(1);
  });

  it('gives up with POD_UNAVAILABLE when the doubt stays', async () => {
    const faults = Array<Fault>(9).fill('lost');
    const write = writeVerified(faulty(openMemoryPod(), faults), url, body('x'), { sleep });
    expect(await codeOf(write)).toBe('POD_UNAVAILABLE');
  });

  it('loses, doubles and tears nothing it acknowledged, whatever the host does', async () => {
    const fault = fc.constantFrom<Fault>(
      'none',
      'lost',
      'lost answer',
      'late',
      'torn',
      'read fails',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 4 }), async (faults) => {
        const inner = openMemoryPod();
        const options = { ifAbsent: true, repair: true, sleep, attempts: 6 };
        await writeVerified(faulty(inner, faults), url, body('batch'), options);
        expect(await textAt(inner)).toBe('batch');
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { openMemoryPod } from '../../../adapters/index.ts';

const root = 'https://pod.example/';
const text = (value: string) => ({
  bytes: new TextEncoder().encode(value),
  contentType: 'text/plain',
});

describe('openMemoryPod with a quota', () => {
  it('rejects with POD_FULL past it, and keeps what was there', async () => {
    const pod = openMemoryPod({ quotaBytes: 10 });
    await pod.write(`${root}a`, text('12345'));
    await expect(pod.write(`${root}b`, text('123456'))).rejects.toMatchObject({ code: 'POD_FULL' });
    await expect(pod.write(`${root}a`, text('12345678901'))).rejects.toMatchObject({
      code: 'POD_FULL',
    });
    expect(await new Response((await pod.read(`${root}a`)).bytes()).text()).toBe('12345');
  });

  it('counts a replacement once, and room made by a removal', async () => {
    const pod = openMemoryPod({ quotaBytes: 10 });
    await pod.write(`${root}a`, text('1234567890'));
    await pod.write(`${root}a`, text('0987654321'));
    await pod.remove(`${root}a`);
    await expect(pod.write(`${root}b`, text('1234567890'))).resolves.toMatchObject({});
  });
});

describe('openMemoryPod', () => {
  it('keeps its own copy of the bytes', async () => {
    const pod = openMemoryPod();
    const body = text('before');
    await pod.write(`${root}a`, body);
    body.bytes.fill(0);
    expect(await new Response((await pod.read(`${root}a`)).bytes()).text()).toBe('before');
  });

  it('gives a rewrite of the same bytes another ETag', async () => {
    const pod = openMemoryPod();
    const first = await pod.write(`${root}a`, text('same'));
    const second = await pod.write(`${root}a`, text('same'));
    expect(second.etag).not.toBe(first.etag);
  });

  it('uses the clock that it is given', async () => {
    const pod = openMemoryPod({ now: () => 42 });
    await pod.write(`${root}c/a`, text('x'));
    for await (const { modifiedMs } of pod.list(`${root}c/`)) expect(modifiedMs).toBe(42);
  });
});

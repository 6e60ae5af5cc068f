import { describe, expect, it } from '@jest/globals';
import {
  all,
  failureOf,
  freshContainer,
  freshUrl,
  itCan,
  speaksHttp,
  target,
  pod,
  rawGet,
  text,
  textOf,
} from './pod.ts';

describe('write', () => {
  it('creates the containers on the way', async () => {
    const container = freshContainer();
    const url = `${container}a/b/c/note.txt`;
    await pod.write(url, text('deep'));
    expect(await textOf(await pod.read(url))).toBe('deep');
    const children = await all(pod.list(container));
    expect(children.map((child) => child.url)).toEqual([`${container}a/`]);
  });

  it('replaces what was there', async () => {
    const url = freshUrl('note.txt');
    await pod.write(url, text('first'));
    await pod.write(url, text('second'));
    expect(await textOf(await pod.read(url))).toBe('second');
  });

  it('takes a stream', async () => {
    const url = freshUrl('large.bin');
    const chunk = new Uint8Array(64 * 1024).fill(7);
    const bytes = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        for (let part = 0; part < 32; part++) controller.enqueue(chunk);
        controller.close();
      },
    });
    await pod.write(url, { bytes, contentType: 'application/octet-stream' });
    const found = new Uint8Array(await new Response((await pod.read(url)).bytes()).arrayBuffer());
    expect(found.byteLength).toBe(32 * chunk.byteLength);
    expect(found.every((byte) => byte === 7)).toBe(true);
  });

  it.each(['t:1+2&3,4@5=6.ttl', "it's (not) so!*;~.ttl", 'été 🌙.ttl', '100%25.ttl'])(
    'reaches a resource named %s by the address in the listing',
    async (name) => {
      const container = freshContainer();
      await pod.write(`${container}${name}`, text('<> <urn:p> 1 .', 'text/turtle'));
      const [entry] = await all(pod.list(container));
      expect(await textOf(await pod.read(entry?.url ?? ''))).toBe('<> <urn:p> 1 .');
    },
  );

  itCan(
    () => speaksHttp,
    'keeps the storage a storage when many members come to its root at once',
    async () => {
      const urls = Array.from({ length: 20 }, () => freshUrl('note.txt'));
      await Promise.all(urls.map((url) => pod.write(url, text('x'))));
      const { headers } = await rawGet(target.root);
      expect(headers.get('link')).toContain('<http://www.w3.org/ns/pim/space#Storage>; rel="type"');
    },
  );

  itCan(
    () => speaksHttp,
    'stores the bytes as they are',
    async () => {
      const url = freshUrl('note.txt');
      await pod.write(url, text('as is'));
      const raw = await rawGet(url);
      expect(raw.headers.get('content-type')).toMatch(/^text\/plain/);
      expect(await raw.text()).toBe('as is');
    },
  );
});

describe('remove', () => {
  it('removes a resource', async () => {
    const url = freshUrl('note.txt');
    await pod.write(url, text('gone soon'));
    await pod.remove(url);
    expect((await failureOf(pod.read(url))).code).toBe('POD_NOT_FOUND');
  });

  itCan(
    () => speaksHttp,
    'leaves nothing for a plain GET',
    async () => {
      const url = freshUrl('note.txt');
      await pod.write(url, text('gone soon'));
      await pod.remove(url);
      expect((await rawGet(url)).status).toBe(404);
    },
  );

  it('resolves where nothing is', async () => {
    await expect(pod.remove(freshUrl())).resolves.toBeUndefined();
  });

  it('rejects with POD_INVALID for a container that is not empty', async () => {
    const container = freshContainer();
    await pod.write(`${container}note.txt`, text('in the way'));
    expect((await failureOf(pod.remove(container))).code).toBe('POD_INVALID');
  });
});

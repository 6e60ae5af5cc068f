import { describe, expect, it } from '@jest/globals';
import { linksOf } from '../../../../adapters/solid-protocol/links.ts';
import { send } from '../../../../adapters/solid-protocol/send.ts';

const url = 'https://pod.example/alice/secret.ttl';
const answering =
  (status: number, body = '', headers: Readonly<Record<string, string>> = {}): typeof fetch =>
  async () =>
    new Response(body, { status, headers });

describe('send', () => {
  it('tells a full disk from another server error, for writes', async () => {
    const full = answering(500, '{"message":"ENOSPC: no space left on device, write"}');
    await expect(send(full, url, { method: 'PUT' })).rejects.toMatchObject({ code: 'POD_FULL' });
    await expect(send(full, url)).rejects.toMatchObject({ code: 'POD_UNAVAILABLE' });
    const broken = send(answering(500, 'oops'), url, { method: 'PUT' });
    await expect(broken).rejects.toMatchObject({ code: 'POD_UNAVAILABLE' });
  });

  it('keeps status, address and the wait that the host asked for', async () => {
    const busy = send(answering(503, 'secret', { 'retry-after': '7' }), url);
    await expect(busy).rejects.toMatchObject({ status: 503, url, retryAfterMs: 7000 });
  });

  it('says neither address nor anything of the pod in its message', async () => {
    const error: unknown = await send(answering(400, 'heartRate 72'), url).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'POD_INVALID' });
    expect(String(error)).not.toMatch(/alice|secret|heartRate/);
  });

  it('hands over the statuses that the caller knows what to do with', async () => {
    expect((await send(answering(404), url, { accepted: [404] })).status).toBe(404);
  });

  it('turns a broken connection into POD_UNAVAILABLE, with its cause', async () => {
    const cause = new TypeError('terminated');
    const broken = send(() => Promise.reject(cause), url);
    await expect(broken).rejects.toMatchObject({ code: 'POD_UNAVAILABLE', cause });
  });

  it('does so in the middle of a body, and lets go of it without a word', async () => {
    const cause = new TypeError('terminated');
    const breaking: typeof fetch = async () => {
      let parts = 0;
      const pull = (controller: ReadableStreamDefaultController): void => {
        if (parts++ === 0) controller.enqueue(new TextEncoder().encode('<a> <b> '));
        else controller.error(cause);
      };
      return new Response(new ReadableStream({ pull }));
    };
    const read = (await send(breaking, url)).text();
    await expect(read).rejects.toMatchObject({ code: 'POD_UNAVAILABLE', cause, url });
    const dropped = await send(breaking, url);
    await expect(dropped.body?.cancel()).resolves.toBeUndefined();
  });

  it('rejects with the own reason of whoever aborts while the body comes', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const stuck = new ReadableStream({
      pull: (controller) => controller.error(new TypeError('terminated')),
    });
    const response = await send(async () => new Response(stuck), url, { signal: abort.signal });
    abort.abort(reason);
    await expect(response.text()).rejects.toBe(reason);
  });
});

describe('linksOf', () => {
  const links = (link: string): ReturnType<typeof linksOf> =>
    linksOf(new Response(null, { headers: { link } }), url);

  it('resolves relative targets, and splits relations', () => {
    const found = links('<.acl>; rel="acl describedby", <https://other.example/x>; rel=type');
    expect(found.first('acl')).toBe('https://pod.example/alice/.acl');
    expect(found.first('describedby')).toBe('https://pod.example/alice/.acl');
    expect(found.all('type')).toEqual(['https://other.example/x']);
    expect(found.first('nothing')).toBeUndefined();
  });

  it.each(['', 'nonsense', '<', '<a>; rel', '<http://[>; rel=acl', ',,,'])(
    'takes the header %j for none',
    (header) => {
      expect(links(header).first('acl')).toBeUndefined();
    },
  );
});

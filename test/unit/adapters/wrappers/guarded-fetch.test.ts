import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { PodError } from '../../../../adapters/contract/index.ts';
import { guardedFetch } from '../../../../adapters/wrappers/guarded-fetch.ts';
import { serve } from '../servers.ts';

async function failureOf(call: Promise<unknown>): Promise<PodError> {
  const error = await call.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!PodError.is(error)) throw new Error('The call did not fail with a PodError');
  return error;
}

describe('guardedFetch to private addresses', () => {
  it.each([
    (port: number) => `http://localhost:${port}/`,
    (port: number) => `https://localhost:${port}/`,
    (port: number) => `https://127.0.0.1:${port}/`,
    (port: number) => `https://2130706433:${port}/`,
    (port: number) => `https://0x7f000001:${port}/`,
    (port: number) => `https://017700000001:${port}/`,
    (port: number) => `https://127.1:${port}/`,
    (port: number) => `https://[::1]:${port}/`,
    (port: number) => `https://[::ffff:127.0.0.1]:${port}/`,
    (port: number) => `https://[64:ff9b::7f00:1]:${port}/`,
    (port: number) => `https://0.0.0.0:${port}/`,
  ])('never reaches a canary (%#)', async (urlAt) => {
    const canary = await serve();
    const request = guardedFetch()(urlAt(canary.port));
    expect((await failureOf(request)).code).toBe('POD_INVALID');
    expect(canary.requests).toEqual([]);
  });

  it('refuses a name that resolves to a private address', async () => {
    const canary = await serve();
    const request = guardedFetch({
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    })(`https://pod.example:${canary.port}/`);
    expect((await failureOf(request)).code).toBe('POD_INVALID');
    expect(canary.requests).toEqual([]);
  });

  it('refuses a name with one private address among public ones', async () => {
    const canary = await serve();
    const request = guardedFetch({
      resolve: async () => [
        { address: '203.0.114.1', family: 4 },
        { address: '::1', family: 6 },
      ],
    })(`https://pod.example:${canary.port}/`);
    expect((await failureOf(request)).code).toBe('POD_INVALID');
    expect(canary.requests).toEqual([]);
  });

  it('refuses a redirect inward, and a redirect to another scheme', async () => {
    const canary = await serve();
    for (const location of [`http://127.0.0.1:${canary.port}/`, 'file:///etc/passwd']) {
      const outside = await serve((_, response) => {
        response.writeHead(302, { location }).end();
      });
      const request = guardedFetch({ allowPrivate: [new URL(outside.url).origin] })(outside.url);
      expect((await failureOf(request)).code).toBe('POD_INVALID');
    }
    expect(canary.requests).toEqual([]);
  });

  it('reaches what the configuration allows, and nothing beside it', async () => {
    const [allowed, other] = [await serve(), await serve()];
    const request = guardedFetch({ allowPrivate: [new URL(allowed.url).origin] });
    expect(await (await request(allowed.url)).text()).toBe('ok');
    expect((await failureOf(request(other.url))).code).toBe('POD_INVALID');
    expect(other.requests).toEqual([]);
  });

  it('says nothing of the address in its message', async () => {
    const failure = await failureOf(guardedFetch()('https://127.0.0.1/alice#me'));
    expect(failure.message).not.toMatch(/alice|127/);
    expect(failure.url).toBe('https://127.0.0.1/alice#me');
  });

  it('rejects with POD_INVALID for what is no address', async () => {
    expect((await failureOf(guardedFetch()('not an address'))).code).toBe('POD_INVALID');
    const failure = await failureOf(guardedFetch()('https://alice:secret@pod.example/'));
    expect(failure.code).toBe('POD_INVALID');
    expect(`${failure.url} ${failure.message} ${String(failure.cause)}`).not.toMatch(/secret/);
  });
});

describe('guardedFetch and redirects', () => {
  it('follows them and tells the last address', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/a') response.writeHead(303, { location: 'b' }).end();
      else response.end('here');
    });
    const response = await guardedFetch({ allowPrivate: true })(`${server.url}a`);
    expect(await response.text()).toBe('here');
    expect(response.url).toBe(`${server.url}b`);
  });

  it('does not take secrets to another origin', async () => {
    const target = await serve();
    const server = await serve((_, response) => {
      response.writeHead(302, { location: target.url }).end();
    });
    const headers = { authorization: 'DPoP secret', dpop: 'proof', cookie: 'id=1', accept: 'a/b' };
    await (await guardedFetch({ allowPrivate: true })(server.url, { headers })).text();
    expect(server.requests[0]?.headers).toMatchObject(headers);
    const seen = Object.keys(target.requests[0]?.headers ?? {});
    expect(seen).toContain('accept');
    expect(seen).not.toEqual(expect.arrayContaining(['authorization']));
    expect(seen).not.toEqual(expect.arrayContaining(['dpop']));
    expect(seen).not.toEqual(expect.arrayContaining(['cookie']));
  });

  it('stops after the allowed number', async () => {
    const server = await serve((request, response) => {
      response.writeHead(302, { location: `${request.url ?? ''}x` }).end();
    });
    const request = guardedFetch({ allowPrivate: true, maxRedirects: 3 })(server.url);
    expect((await failureOf(request)).code).toBe('POD_INVALID');
    expect(server.requests).toHaveLength(4);
  });

  it('does not repeat a write elsewhere', async () => {
    const target = await serve();
    const server = await serve((_, response) => {
      response.writeHead(307, { location: target.url }).end();
    });
    const request = guardedFetch({ allowPrivate: true })(server.url, { method: 'PUT', body: 'x' });
    expect((await failureOf(request)).code).toBe('POD_INVALID');
    expect(target.requests).toEqual([]);
  });

  it('hands a redirect to a caller who wants it', async () => {
    const server = await serve((_, response) => {
      response.writeHead(302, { location: '/b' }).end();
    });
    const response = await guardedFetch({ allowPrivate: true })(server.url, { redirect: 'manual' });
    expect(response.status).toBe(302);
  });
});

describe('guardedFetch and bounds', () => {
  it('ends an endless body', async () => {
    const server = await serve((_, response) => {
      const more = (): void => {
        while (response.write(Buffer.alloc(64 * 1024)));
      };
      response.on('drain', more);
      more();
    });
    const response = await guardedFetch({ allowPrivate: true, maxBodyBytes: 1e6 })(server.url);
    expect((await failureOf(response.arrayBuffer())).code).toBe('POD_INVALID');
  });

  it('refuses a body that declares itself too long', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '2000000' }).flushHeaders();
    });
    const request = guardedFetch({ allowPrivate: true, maxBodyBytes: 1e6 })(server.url);
    expect((await failureOf(request)).code).toBe('POD_INVALID');
  });

  it('counts bytes after decompression', async () => {
    const bomb = gzipSync(Buffer.alloc(20e6));
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    expect(bomb.byteLength).toBeLessThan(1e5);
    const response = await guardedFetch({ allowPrivate: true, maxBodyBytes: 1e6 })(server.url);
    expect((await failureOf(response.text())).code).toBe('POD_INVALID');
  });

  it('gives up on a host that accepts and says nothing', async () => {
    const server = await serve(() => undefined);
    const request = guardedFetch({ allowPrivate: true, headersTimeoutMs: 100 })(server.url);
    expect((await failureOf(request)).code).toBe('POD_UNAVAILABLE');
  });

  it('gives up on a body that trickles', async () => {
    const server = await serve((_, response) => {
      const trickle = setInterval(() => response.write('.'), 20);
      response.on('close', () => {
        clearInterval(trickle);
      });
    });
    const response = await guardedFetch({ allowPrivate: true, totalTimeoutMs: 200 })(server.url);
    expect((await failureOf(response.text())).code).toBe('POD_UNAVAILABLE');
  });

  it('gives up on a chain of slow redirects as a whole', async () => {
    const server = await serve((request, response) => {
      setTimeout(() => response.writeHead(302, { location: `${request.url ?? ''}x` }).end(), 60);
    });
    const request = guardedFetch({ allowPrivate: true, headersTimeoutMs: 150 })(server.url);
    expect((await failureOf(request)).code).toBe('POD_UNAVAILABLE');
  });

  it('reports a host that is not there as unavailable', async () => {
    const request = guardedFetch({ allowPrivate: true })('http://localhost:1/');
    expect((await failureOf(request)).code).toBe('POD_UNAVAILABLE');
  });

  it("rejects with the caller's own reason when aborted, also in the body", async () => {
    const server = await serve((_, response) => {
      response.write('first');
    });
    const reason = new Error('enough');
    const controller = new AbortController();
    const { signal } = controller;
    const response = await guardedFetch({ allowPrivate: true })(server.url, { signal });
    const body = response.text();
    controller.abort(reason);
    await expect(body).rejects.toBe(reason);
    const aborted = guardedFetch({ allowPrivate: true })(server.url, {
      signal: AbortSignal.abort(reason),
    });
    await expect(aborted).rejects.toBe(reason);
  });

  it('sends bodies, text and streams', async () => {
    const server = await serve((request, response) => {
      request.pipe(response);
    });
    const request = guardedFetch({ allowPrivate: true });
    const text = await request(server.url, { method: 'PUT', body: 'text' });
    expect(await text.text()).toBe('text');
    const stream = new Blob(['stream']).stream();
    const init = { method: 'PUT', body: stream, duplex: 'half' } as RequestInit;
    expect(await (await request(server.url, init)).text()).toBe('stream');
    const given = await request(new Request(server.url, { method: 'PUT', body: 'request' }));
    expect(await given.text()).toBe('request');
  });
});

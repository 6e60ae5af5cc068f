import { describe, expect, it } from '@jest/globals';
import { guardedFetch } from '../../../../adapters/wrappers/guarded-fetch.ts';
import { ownStorageFetch } from '../../../../adapters/wrappers/own-storage-fetch.ts';
import { type TestServer, serve } from '../servers.ts';

const anonymous = guardedFetch({ allowPrivate: true });

/** As a session does: adds the token to whatever it is given, and follows redirects if it may. */
const authenticated: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  headers.set('authorization', 'DPoP secret');
  headers.set('dpop', 'proof');
  return fetch(input, { ...init, headers });
};

const tokens = ({ requests }: TestServer): readonly unknown[] =>
  requests.map(({ headers }) => headers['authorization']);

const redirectTo = (location: () => string, status = 302): Promise<TestServer> =>
  serve((_, response) => {
    response.writeHead(status, { location: location() }).end();
  });

describe('ownStorageFetch', () => {
  it('sends the token to the own storage, and to nobody else', async () => {
    const [own, other] = [await serve(), await serve()];
    const request = ownStorageFetch(authenticated, { storages: [own.url], anonymous });
    await (await request(`${own.url}doc`)).text();
    await (await request(other.url)).text();
    await (await request(new Request(other.url))).text();
    await (await request(new URL(other.url), { method: 'PUT', body: 'x' })).text();
    expect(tokens(own)).toEqual(['DPoP secret']);
    expect(tokens(other)).toEqual([undefined, undefined, undefined]);
  });

  it('takes no token along on a redirect out of the storage', async () => {
    const canary = await serve();
    const own = await redirectTo(() => canary.url);
    const request = ownStorageFetch(authenticated, { storages: [own.url], anonymous });
    expect(await (await request(own.url)).text()).toBe('ok');
    expect(tokens(own)).toEqual(['DPoP secret']);
    expect(tokens(canary)).toEqual([undefined]);
    expect(canary.requests[0]?.headers).not.toHaveProperty('dpop');
  });

  it('signs anew on a redirect within the storage', async () => {
    const own = await serve((request, response) => {
      if (request.url === '/a') response.writeHead(301, { location: '/a/' }).end();
      else response.end('container');
    });
    const request = ownStorageFetch(authenticated, { storages: [own.url], anonymous });
    expect(await (await request(`${own.url}a`)).text()).toBe('container');
    expect(tokens(own)).toEqual(['DPoP secret', 'DPoP secret']);
  });

  it('takes no token back to the storage from outside', async () => {
    const own = await serve();
    const outside = await redirectTo(() => own.url);
    const request = ownStorageFetch(authenticated, { storages: [own.url], anonymous });
    await (await request(outside.url)).text();
    expect(tokens(own)).toEqual([undefined]);
  });

  it("drops secrets that the caller set, outside the session's storages", async () => {
    const other = await serve();
    const request = ownStorageFetch(authenticated, {
      storages: ['https://pod.example/'],
      anonymous,
    });
    await (
      await request(other.url, { headers: { authorization: 'Bearer x', cookie: 'y' } })
    ).text();
    expect(tokens(other)).toEqual([undefined]);
    expect(other.requests[0]?.headers).not.toHaveProperty('cookie');
  });

  it('does not repeat a write elsewhere', async () => {
    const canary = await serve();
    const own = await redirectTo(() => canary.url, 307);
    const request = ownStorageFetch(authenticated, { storages: [own.url], anonymous });
    const write = request(own.url, { method: 'PUT', body: 'reading' });
    await expect(write).rejects.toMatchObject({ code: 'POD_INVALID' });
    expect(canary.requests).toEqual([]);
  });

  it('tells a prefix from what merely begins like it', async () => {
    const server = await serve();
    const request = ownStorageFetch(authenticated, {
      storages: [`${server.url}alice/`],
      anonymous,
    });
    for (const path of ['alice/doc', 'alice', 'alice-2/doc', 'bob/../alice/x', 'alice/../bob/x']) {
      await (await request(`${server.url}${path}`)).text();
    }
    const secret = 'DPoP secret';
    expect(tokens(server)).toEqual([secret, undefined, undefined, secret, undefined]);
  });

  it('tells origins apart by port and scheme', async () => {
    const server = await serve();
    const request = ownStorageFetch(authenticated, {
      storages: [`https://localhost:${server.port}/`, `http://localhost:${server.port + 1}/`],
      anonymous,
    });
    await (await request(server.url)).text();
    expect(tokens(server)).toEqual([undefined]);
  });

  it('stops a loop of redirects', async () => {
    const own = await redirectTo(() => '/again');
    const request = ownStorageFetch(authenticated, { storages: [own.url], anonymous });
    await expect(request(own.url)).rejects.toMatchObject({ code: 'POD_INVALID' });
    expect(own.requests).toHaveLength(6);
  });
});

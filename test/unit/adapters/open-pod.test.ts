import { describe, expect, it } from '@jest/globals';
import { openPod } from '../../../adapters/index.ts';
import { serve } from './servers.ts';

const storage = '<http://www.w3.org/ns/pim/space#Storage>; rel="type"';
const streaming = '</.n/x>; rel="http://www.w3.org/ns/solid/terms#updatesViaStreamingHttp2023"';
const quick = { allowPrivate: true, retry: { attempts: 1 } };

describe('openPod', () => {
  it('knows Community Solid Server by its name, and the access system by its rules', async () => {
    const server = await serve((_, response) => {
      response.writeHead(401, {
        'x-powered-by': 'Community Solid Server',
        link: `${storage}, <.acr>; rel="acl"`,
      });
      response.end();
    });
    const pod = await openPod(`${server.url}alice`, quick);
    expect([pod.host, pod.capabilities.access]).toEqual(['css', 'acp']);
    expect(server.requests[0]).toMatchObject({ method: 'HEAD', path: '/alice/' });
    await pod.close();
  });

  it('knows it behind a proxy that takes its name away', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, {
        server: 'nginx',
        link: `${storage}, ${streaming}, <.acl>; rel="acl"`,
      });
      response.end();
    });
    const pod = await openPod(server.url, quick);
    expect([pod.host, pod.capabilities.access]).toEqual(['css', 'wac']);
    await pod.close();
  });

  it('sends no token to find out', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'x-powered-by': 'solid-server/5.8.8', link: storage }).end();
    });
    const asked: unknown[] = [];
    const session: typeof fetch = async (input) => {
      asked.push(input);
      return new Response();
    };
    await openPod(server.url, { ...quick, fetch: session }).catch(() => undefined);
    expect(server.requests).toHaveLength(1);
    expect(asked).toEqual([]);
  });

  it('refuses an unknown host with POD_UNSUPPORTED and what was found', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'x-powered-by': 'solid-server/5.8.8', link: storage }).end();
    });
    await expect(openPod(server.url, quick)).rejects.toMatchObject({
      code: 'POD_UNSUPPORTED',
      message: expect.stringMatching(/"solid-server\/5\.8\.8", a Solid storage/),
    });
  });

  it.each([
    ['POD_NOT_FOUND', 404],
    ['POD_UNAVAILABLE', 503],
  ])('rejects with %s for %i', async (code, status) => {
    const server = await serve((_, response) => {
      response.writeHead(status).end();
    });
    await expect(openPod(server.url, quick)).rejects.toMatchObject({ code });
  });

  it('rejects with POD_INVALID for an address that must not be reached', async () => {
    const canary = await serve();
    for (const url of [canary.url, `https://127.0.0.1:${canary.port}/`, 'no address']) {
      await expect(openPod(url)).rejects.toMatchObject({ code: 'POD_INVALID' });
    }
    expect(canary.requests).toEqual([]);
  });
});

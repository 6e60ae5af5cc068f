import { describe, expect, it } from '@jest/globals';
import { timeoutFetch } from '../../../../adapters/wrappers/timeout-fetch.ts';
import { serve } from '../servers.ts';

describe('timeoutFetch', () => {
  it('fails with POD_UNAVAILABLE when no answer comes', async () => {
    const server = await serve(() => undefined);
    const request = timeoutFetch(fetch, { headersTimeoutMs: 50 });
    await expect(request(server.url)).rejects.toMatchObject({ code: 'POD_UNAVAILABLE' });
  });

  it('fails with POD_UNAVAILABLE when the body stands still', async () => {
    const server = await serve((_, response) => {
      response.write('first');
    });
    const response = await timeoutFetch(fetch, { idleTimeoutMs: 50 })(server.url);
    await expect(response.text()).rejects.toMatchObject({ code: 'POD_UNAVAILABLE' });
  });

  it('lets a body take its time as long as it moves', async () => {
    const server = await serve((_, response) => {
      let parts = 0;
      const trickle = setInterval(() => {
        if (++parts < 8) response.write('.');
        else {
          clearInterval(trickle);
          response.end();
        }
      }, 30);
    });
    const response = await timeoutFetch(fetch, { idleTimeoutMs: 150 })(server.url);
    expect(await response.text()).toBe('.......');
  });

  it("rejects with the caller's own reason when aborted", async () => {
    const server = await serve(() => undefined);
    const controller = new AbortController();
    const call = timeoutFetch(fetch)(server.url, { signal: controller.signal });
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  });

  it('keeps status, headers and address', async () => {
    const server = await serve((_, response) => {
      response.writeHead(404, { etag: '"1"' }).end();
    });
    const response = await timeoutFetch(fetch)(`${server.url}a`);
    expect(response.status).toBe(404);
    expect(response.headers.get('etag')).toBe('"1"');
    expect(response.url).toBe(`${server.url}a`);
  });
});

import { describe, expect, it } from '@jest/globals';
import { PodError } from '../../../../adapters/contract/index.ts';
import { type RetryOptions, retryingFetch } from '../../../../adapters/wrappers/retrying-fetch.ts';

type Answer = number | Error | readonly [number, Readonly<Record<string, string>>];

/** A host that answers from a list, a clock that only sleeping moves, and dice that always show 1/2. */
function scene(answers: readonly Answer[], options: RetryOptions = {}) {
  const waits: number[] = [];
  const bodies: unknown[] = [];
  let nowMs = Date.UTC(2026, 0, 1);
  const inner: typeof fetch = async (_, init) => {
    bodies.push(init?.body ?? undefined);
    const answer = answers[bodies.length - 1] ?? 200;
    if (answer instanceof Error) throw answer;
    const [status, headers] = typeof answer === 'number' ? [answer, {}] : answer;
    return new Response(status === 204 ? null : 'body', { status, headers });
  };
  const request = retryingFetch(inner, {
    now: () => nowMs,
    random: () => 0.5,
    sleep: async (ms) => {
      waits.push(ms);
      nowMs += ms;
    },
    ...options,
  });
  return { request, waits, bodies };
}

const url = 'https://pod.example/a';
const put = (headers: Readonly<Record<string, string>> = {}): RequestInit => ({
  method: 'PUT',
  body: 'x',
  headers,
});

describe('retryingFetch', () => {
  it('repeats a read until it succeeds, waiting longer each time', async () => {
    const { request, waits } = scene([503, 502, 504, 200]);
    expect((await request(url)).status).toBe(200);
    expect(waits).toEqual([125, 250, 500]);
  });

  it('waits at least as long as the host asks, in seconds or until a date', async () => {
    const { request, waits } = scene([
      [429, { 'retry-after': '3' }],
      [503, { 'retry-after': 'Thu, 01 Jan 2026 00:00:10 GMT' }],
    ]);
    expect((await request(url)).status).toBe(200);
    expect(waits).toEqual([3125, 10_000 - 3125 + 250]);
  });

  it('repeats after a broken connection, and not after a refusal of ours', async () => {
    const broken = scene([new TypeError('terminated')]);
    expect((await broken.request(url)).status).toBe(200);
    const refusal = new PodError('POD_INVALID', 'not a public address');
    await expect(scene([refusal]).request(url)).rejects.toBe(refusal);
  });

  it('gives up with POD_UNAVAILABLE and what the host asked for', async () => {
    const { request, bodies } = scene(
      Array.from({ length: 9 }, () => [503, { 'retry-after': '1' }] as const),
      {
        attempts: 3,
      },
    );
    await expect(request(url)).rejects.toMatchObject({
      code: 'POD_UNAVAILABLE',
      status: 503,
      retryAfterMs: 1000,
      url,
    });
    expect(bodies).toHaveLength(3);
  });

  it('does not begin a wait that would take too long', async () => {
    const { request, waits } = scene([[503, { 'retry-after': '3600' }]]);
    await expect(request(url)).rejects.toMatchObject({ retryAfterMs: 3_600_000 });
    expect(waits).toEqual([]);
  });

  it('gives up with the cause when nothing answers', async () => {
    const cause = new TypeError('refused');
    const { request } = scene([cause, cause], { attempts: 2 });
    await expect(request(url)).rejects.toMatchObject({ code: 'POD_UNAVAILABLE', cause });
  });

  it('sends an unconditional PUT again, with its body', async () => {
    const { request, bodies } = scene([503]);
    expect((await request(url, put())).status).toBe(200);
    expect(bodies).toEqual(['x', 'x']);
  });

  it.each([{ 'if-match': '"1"' }, { 'if-none-match': '*' }])(
    'leaves the doubt about a conditional PUT (%j) to the caller',
    async (headers) => {
      const { request, bodies } = scene([503]);
      expect((await request(url, put(headers))).status).toBe(503);
      const broken = new TypeError('terminated');
      await expect(scene([broken]).request(url, put(headers))).rejects.toBe(broken);
      expect(bodies).toHaveLength(1);
    },
  );

  it('repeats a conditional PUT that was turned away unseen', async () => {
    const { request } = scene([429]);
    expect((await request(url, put({ 'if-match': '"1"' }))).status).toBe(200);
  });

  it('does not repeat a POST whose fate is unknown, nor a stream', async () => {
    const post = scene([503]);
    expect((await post.request(url, { method: 'POST', body: 'x' })).status).toBe(503);
    const stream = scene([429]);
    const init = { method: 'PUT', body: new Blob(['x']).stream(), duplex: 'half' } as RequestInit;
    expect((await stream.request(url, init)).status).toBe(429);
  });

  it.each([200, 204, 400, 401, 404, 412, 500, 507])('passes %i on', async (status) => {
    const { request, bodies } = scene([status]);
    expect((await request(url)).status).toBe(status);
    expect(bodies).toHaveLength(1);
  });

  it("stops with the caller's reason when aborted while it waits", async () => {
    const controller = new AbortController();
    const inner: typeof fetch = async () => new Response('', { status: 503 });
    const request = retryingFetch(inner, {
      baseDelayMs: 60_000,
      maxDelayMs: 60_000,
      random: () => 0.9,
    });
    const call = request(url, { signal: controller.signal });
    const reason = new Error('enough');
    setTimeout(() => {
      controller.abort(reason);
    }, 20);
    await expect(call).rejects.toBe(reason);
  });
});

import { describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { createDpopKey } from '../../../apps/shared/session/dpop.ts';
import type { Grant } from '../../../apps/shared/session/grant.ts';
import type { GrantKeeper } from '../../../apps/shared/session/grant-keeper.ts';
import { LoginFailure } from '../../../apps/shared/session/login-failure.ts';
import { sessionFetch } from '../../../apps/shared/session/session-fetch.ts';

const url = 'https://pod.example/alice/a?b=c#d';

async function keeper(): Promise<GrantKeeper> {
  const grant: Grant = {
    webId: 'https://alice.example/#me',
    issuer: 'https://issuer.example/',
    client: { id: 'c', kind: 'registered' },
    dpopKey: await createDpopKey(),
    accessToken: 'access',
    accessExpiresMs: Number.POSITIVE_INFINITY,
    renewedMs: 0,
  };
  return { fresh: () => Promise.resolve(grant), renewIfOlderThan: () => Promise.resolve() };
}

/** Stands still: a busy machine must not look like a server with another time. */
const nowMs = Date.now();

/** A pod that answers in turn, and what it was sent. */
async function pod(answers: readonly Response[]) {
  const sent: { headers: Headers; init: RequestInit }[] = [];
  const left = [...answers];
  const asAlice = sessionFetch(await keeper(), {
    now: () => nowMs,
    fetch: (_input, init = {}) => {
      sent.push({ headers: new Headers(init.headers), init });
      return Promise.resolve(left.shift() ?? new Response(null, { status: 500 }));
    },
  });
  const proofs = (): Record<string, unknown>[] =>
    sent.map(({ headers }) => decodeJwt(headers.get('dpop') ?? ''));
  return { asAlice, sent, proofs };
}

const answer = (status: number, headers: Record<string, string> = {}): Response =>
  new Response(null, { status, headers: { date: new Date(nowMs).toUTCString(), ...headers } });

/** RFC 9449 §9. */
const wantsNonce = { 'dpop-nonce': 'n', 'www-authenticate': 'DPoP error="use_dpop_nonce"' };

describe('session fetch', () => {
  it('signs each request for its method, address and token', async () => {
    const { asAlice, sent, proofs } = await pod([answer(200), answer(200)]);
    await asAlice(url);
    await asAlice(new Request(url, { method: 'PUT', headers: { 'x-own': 'kept' } }));
    expect(proofs()).toEqual([
      expect.objectContaining({ htm: 'GET', htu: 'https://pod.example/alice/a' }),
      expect.objectContaining({ htm: 'PUT', htu: 'https://pod.example/alice/a' }),
    ]);
    // base64url of SHA-256('access'), computed with openssl.
    expect(proofs()[0]).toHaveProperty('ath', 'oFYf1knNtrqnhAVfBRuteW6gr-8X_KOCGVSd7rpOjBo');
    expect(proofs()[0]?.['jti']).not.toBe(proofs()[1]?.['jti']);
    expect(sent[1]?.headers.get('authorization')).toBe('DPoP access');
    expect(sent[1]?.headers.get('x-own')).toBe('kept');
  });

  it('hands on an answer with a challenge like any other', async () => {
    const challenge = { 'www-authenticate': 'DPoP error="insufficient_scope"' };
    const { asAlice } = await pod([answer(403, challenge)]);
    const response = await asAlice(url);
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toBe(challenge['www-authenticate']);
  });

  it('sends the body and the rest of the request as they were given', async () => {
    const { asAlice, sent } = await pod([answer(201)]);
    const { signal } = new AbortController();
    const headers = { authorization: 'Basic x', 'content-type': 'text/plain' };
    await asAlice(url, { method: 'PUT', headers, body: 'text', signal });
    expect(sent[0]?.init).toMatchObject({ method: 'PUT', body: 'text' });
    expect(sent[0]?.init.signal).toBe(signal);
    expect(sent[0]?.headers.get('content-type')).toBe('text/plain');
    expect(sent[0]?.headers.get('authorization')).toBe('DPoP access');
  });

  it('follows no redirect, so that the token stays where it was sent', async () => {
    const { asAlice, sent } = await pod([answer(302, { location: 'https://other.example/' })]);
    expect((await asAlice(url, { redirect: 'follow' })).status).toBe(302);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.init.redirect).toBe('manual');
  });

  it('repeats a refused request once, by the clock of the server', async () => {
    const date = new Date(nowMs + 600_000).toUTCString();
    const { asAlice, proofs } = await pod([answer(401, { date }), answer(200, { date })]);
    expect((await asAlice(url)).status).toBe(200);
    const [first, second] = proofs().map(({ iat }) => Number(iat));
    expect(Math.abs((second ?? 0) - (first ?? 0) - 600)).toBeLessThanOrEqual(2);
  });

  it('repeats each of several requests that went out with the wrong time together', async () => {
    const date = new Date(nowMs + 600_000).toUTCString();
    const { asAlice, sent } = await pod([
      answer(401, { date }),
      answer(401, { date }),
      answer(200, { date }),
      answer(200, { date }),
    ]);
    const responses = await Promise.all([asAlice(url), asAlice(url)]);
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    expect(sent).toHaveLength(4);
  });

  it('repeats it with the nonce of the server, and keeps that', async () => {
    const { asAlice, proofs } = await pod([answer(401, wantsNonce), answer(200), answer(200)]);
    await asAlice(url);
    await asAlice(url);
    expect(proofs().map(({ nonce }) => nonce)).toEqual([undefined, 'n', 'n']);
  });

  it('repeats nothing whose body is used up, and nothing that is simply refused', async () => {
    const stream = await pod([answer(401, wantsNonce)]);
    const body = new Blob(['x']).stream();
    expect((await stream.asAlice(url, { method: 'PUT', body })).status).toBe(401);
    expect(stream.sent).toHaveLength(1);
    for (const headers of [{}, { 'www-authenticate': 'DPoP, Bearer' }, { 'dpop-nonce': 'n' }]) {
      const refused = await pod([answer(401, headers)]);
      expect((await refused.asAlice(url)).status).toBe(401);
      expect(refused.sent).toHaveLength(1);
    }
  });

  it.each([
    ['session-ended', 'POD_UNAUTHENTICATED'],
    ['unreachable', 'POD_UNAVAILABLE'],
  ] as const)('sends nothing when the session is %s', async (code, podCode) => {
    let sent = 0;
    const asNobody = sessionFetch(
      {
        fresh: () => Promise.reject(new LoginFailure(code)),
        renewIfOlderThan: () => Promise.resolve(),
      },
      { now: Date.now, fetch: () => Promise.resolve(new Response(String((sent += 1)))) },
    );
    await expect(asNobody(url)).rejects.toMatchObject({ code: podCode });
    expect(sent).toBe(0);
  });
});

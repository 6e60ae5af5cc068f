import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import {
  type PendingLogin,
  beginAuthorization,
  pendingLifeMs,
} from '../../../apps/shared/session/authorization.ts';
import { finishLogin } from '../../../apps/shared/session/finish-login.ts';
import type { ConfirmedLogin } from '../../../apps/shared/session/finish-login.ts';
import { discoverIssuer } from '../../../apps/shared/session/issuer.ts';
import { type FakeIssuer, type IssuerTwist, fakeClientId, fakeIssuer } from './fake-issuer.ts';

const redirectUrl = 'https://app.example/login/callback';

interface Attempt {
  readonly returned?: Readonly<Record<string, string>>;
  readonly change?: Partial<PendingLogin>;
  readonly aheadMs?: number;
}

async function attempt(
  twist: IssuerTwist = {},
  { returned, change, aheadMs = 0 }: Attempt = {},
): Promise<{ issuer: FakeIssuer; login: Promise<ConfirmedLogin> }> {
  const issuer = await fakeIssuer(twist);
  const around = { fetch: issuer.fetch, now: Date.now };
  const { pending } = await beginAuthorization(
    await discoverIssuer(issuer.url, around),
    { id: fakeClientId, kind: 'document' },
    { redirectUrl, startedMs: Date.now() },
  );
  issuer.nonce = pending.nonce;
  const parameters = new URLSearchParams({ code: 'c', state: pending.state, ...returned });
  const later = { ...around, now: () => Date.now() + aheadMs };
  return { issuer, login: finishLogin({ ...pending, ...change }, parameters, later) };
}

describe('the end of a login', () => {
  it('is a grant for the WebID, with what its profile says', async () => {
    const { issuer, login } = await attempt();
    expect(await login).toMatchObject({
      name: 'Alice',
      storages: ['https://pod.example/alice/'],
      grant: { webId: issuer.webId, issuer: issuer.url, refreshToken: 'refresh' },
    });
  });

  it('redeems the code with its verifier and a proof of our key', async () => {
    const { issuer, login } = await attempt();
    const { grant } = await login;
    const [request] = issuer.tokenRequests;
    expect(Object.fromEntries(request?.body ?? [])).toMatchObject({
      grant_type: 'authorization_code',
      code: 'c',
      client_id: fakeClientId,
      redirect_uri: redirectUrl,
      code_verifier: expect.stringMatching(/^[\w-]{43}$/u),
    });
    const proof = request?.headers.get('dpop') ?? '';
    expect(decodeProtectedHeader(proof)).toMatchObject({
      typ: 'dpop+jwt',
      jwk: grant.dpopKey.publicJwk,
    });
    expect(decodeProtectedHeader(proof).jwk).not.toHaveProperty('d');
    expect(decodeJwt(proof)).toMatchObject({ htm: 'POST', htu: `${issuer.url}token` });
  });

  it('repeats the request with the nonce that the issuer wants', async () => {
    const { issuer, login } = await attempt({
      refusals: [{ error: 'use_dpop_nonce', headers: { 'dpop-nonce': 'n-1' } }],
    });
    await login;
    expect(decodeJwt(issuer.tokenRequests[1]?.headers.get('dpop') ?? '')).toMatchObject({
      nonce: 'n-1',
    });
  });

  it.each<[string, IssuerTwist]>([
    ['another issuer', { claims: { iss: 'https://other.example/' } }],
    ['another client', { claims: { aud: 'https://other.example/' } }],
    ['another authorized party', { claims: { azp: 'https://other.example/' } }],
    ['another login', { claims: { nonce: 'other' } }],
    ['no login', { claims: { nonce: undefined } }],
    ['the past', { claims: { exp: 1_000_000 } }],
    ['no time', { claims: { exp: undefined } }],
    ['nobody', { claims: { webid: undefined } }],
    ['something that is no web address', { claims: { webid: 'urn:alice' } }],
    ['a key that is not the issuer’s', { foreignKey: true }],
    ['a key that is not published', { header: { kid: 'other' } }],
    [
      'a way of signing that was not announced',
      { metadata: { id_token_signing_alg_values_supported: ['RS256'] } },
    ],
  ])('refuses an ID token of %s', async (_name, twist) => {
    const { login } = await attempt(twist);
    await expect(login).rejects.toMatchObject({ code: 'token-invalid' });
  });

  it('takes the WebID from the subject where the token has no claim for it', async () => {
    const claims = { webid: undefined, sub: 'https://alice.example/card#me' };
    const { login } = await attempt({ claims });
    expect((await login).grant.webId).toBe('https://alice.example/card#me');
  });

  it.each<[string, string, IssuerTwist, Attempt]>([
    [
      'webid-not-confirmed',
      'the profile names another issuer',
      { profile: '<#me> <http://www.w3.org/ns/solid/terms#oidcIssuer> <https://other.example/>.' },
      {},
    ],
    [
      'other-person',
      'another WebID was typed',
      {},
      { change: { expectedWebId: 'https://bob.example/#me' } },
    ],
    [
      'token-invalid',
      'another issuer answered',
      {},
      { returned: { iss: 'https://other.example/' } },
    ],
    [
      'token-invalid',
      'nobody says who answered, where the issuer always does',
      { metadata: { authorization_response_iss_parameter_supported: true } },
      {},
    ],
    ['token-invalid', 'it is the answer to another login', {}, { returned: { state: 'other' } }],
    [
      'client-not-accepted',
      'the client is refused with a challenge',
      {
        refusals: [
          { error: 'invalid_client', status: 401, headers: { 'www-authenticate': 'Basic' } },
        ],
      },
      {},
    ],
    ['unreachable', 'the issuer breaks down', { refusals: [{ error: 'x', status: 503 }] }, {}],
    ['cancelled', 'the person said no', {}, { returned: { error: 'access_denied' } }],
    ['issuer-refused', 'the issuer failed', {}, { returned: { error: 'server_error' } }],
    ['login-expired', 'it took too long', {}, { aheadMs: pendingLifeMs + 1000 }],
    ['login-expired', 'the code is used up', { refusals: [{ error: 'invalid_grant' }] }, {}],
    [
      'clock',
      'the proof is refused all the same',
      { refusals: [{ error: 'invalid_dpop_proof' }, { error: 'invalid_dpop_proof' }] },
      {},
    ],
  ])('is %s when %s', async (code, _when, twist, how) => {
    const { login } = await attempt(twist, how);
    await expect(login).rejects.toMatchObject({ code });
  });
});

describe('what a failure tells', () => {
  it.each<[string, IssuerTwist]>([
    ['an ID token', { claims: { nonce: 'other' } }],
    ['a signature', { foreignKey: true }],
    ['an answer', { refusals: [{ error: 'invalid_grant' }] }],
  ])('is no token and no WebID when the reason is %s', async (_name, twist) => {
    const { login, issuer } = await attempt(twist);
    const failure: unknown = await login.catch((error: unknown) => error);
    const told = inspect(failure, { depth: null, showHidden: true });
    expect(told).toContain('LoginFailure');
    for (const secret of [issuer.webId, 'eyJ', 'access_token']) expect(told).not.toContain(secret);
  });
});

describe('an issuer’s description of itself', () => {
  it.each([
    ['names another issuer', { issuer: 'https://other.example/' }],
    ['has an unencrypted endpoint', { token_endpoint: 'http://issuer.example/token' }],
    ['has an endpoint that is no web address', { authorization_endpoint: 'javascript:alert(1)' }],
    ['has an unencrypted endpoint for logouts', { revocation_endpoint: 'http://issuer.example/r' }],
    ['has credentials in an endpoint', { jwks_uri: 'https://a:b@issuer.example/keys' }],
    ['lacks an endpoint', { token_endpoint: undefined }],
  ])('is refused when it %s', async (_name, metadata) => {
    const { fetch, url } = await fakeIssuer({ metadata });
    const found = discoverIssuer(url, { fetch, now: Date.now });
    await expect(found).rejects.toMatchObject({ code: 'not-an-issuer' });
  });

  it.each([
    ['https://issuer.example', 'https://issuer.example/'],
    ['https://issuer.example/realm', 'https://issuer.example/realm/'],
    ['https://issuer.example/realm/', 'https://issuer.example/realm'],
  ])('is found at %s where it calls itself %s', async (asked, own) => {
    const { fetch } = await fakeIssuer({ metadata: { issuer: own } });
    const renamed: typeof fetch = (input, init) => {
      const address = input instanceof Request ? input.url : String(input);
      return fetch(address.replace('/realm/', '/'), init);
    };
    const found = await discoverIssuer(asked, { fetch: renamed, now: Date.now });
    expect(found.url).toBe(own);
  });
});

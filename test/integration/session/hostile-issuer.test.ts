import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CssBrowser } from './css-browser.ts';
import { typeLogin } from './site-login.ts';
import { type WellpodSite, startSite } from './wellpod-site.ts';

/** Where no request may ever arrive: an internal service that the configuration does not allow. */
let canary: Server;
let canaryRequests = 0;
let issuer: Server;
/** How often the issuer describes itself honestly before it turns. */
let honestAnswers = 0;
let twist: Readonly<Record<string, string>> = {};
/** Of the last authorization request, as an ID token must repeat it. */
let asked = new URLSearchParams();
let site: WellpodSite;
let folder: string;

const originOf = (server: Server): string =>
  `http://localhost:${(server.address() as AddressInfo).port}`;

/** Tokens without fault up to the signature, which only a look at the keys can judge. */
function tokens(origin: string): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: `${origin}/`,
    aud: asked.get('client_id'),
    nonce: asked.get('nonce'),
    sub: `${origin}/#me`,
    iat: now,
    exp: now + 600,
  };
  const parts = [{ alg: 'RS256' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const id_token = `${parts.join('.')}.c2ln`;
  return { access_token: 'a', token_type: 'DPoP', expires_in: 600, id_token };
}

beforeAll(async () => {
  canary = createServer((_request, response) => {
    canaryRequests += 1;
    response.end('{}');
  });
  issuer = createServer((request, response) => {
    const origin = originOf(issuer);
    const url = new URL(request.url ?? '/', origin);
    if (url.pathname === '/auth') asked = url.searchParams;
    const isDocument = request.url === '/.well-known/openid-configuration';
    const isHonest = honestAnswers > 0;
    if (isDocument) honestAnswers -= 1;
    if (!isHonest && twist['redirect'] !== undefined) {
      response.writeHead(302, { location: twist['redirect'] }).end();
      return;
    }
    const description = {
      issuer: `${origin}/`,
      authorization_endpoint: `${origin}/auth`,
      token_endpoint: `${origin}/token`,
      jwks_uri: `${origin}/keys`,
      scopes_supported: ['openid', 'webid'],
      ...(!isHonest && twist),
    };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isDocument ? description : tokens(origin)));
  });
  for (const server of [canary, issuer]) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  folder = await mkdtemp(join(tmpdir(), 'wellpod-hostile-'));
  site = await startSite({ stateFolder: folder, allowPrivate: [originOf(issuer)] });
});

afterAll(async () => {
  await site?.stop();
  canary?.close();
  issuer?.close();
  await rm(folder, { recursive: true, force: true });
});

async function attempt(member: string, honest: number): Promise<Response> {
  twist = { [member]: `${originOf(canary)}/internal` };
  honestAnswers = honest;
  const browser = new CssBrowser();
  const { issuerUrl } = await typeLogin(browser, site.baseUrl, { who: originOf(issuer) });
  const state = issuerUrl && new URL(issuerUrl).searchParams.get('state');
  return browser.get(`${site.baseUrl}login/callback?code=c&state=${state}`);
}

describe('an issuer that leads to an internal service', () => {
  it.each([
    ['authorization_endpoint', 0],
    ['authorization_endpoint', 1],
    ['token_endpoint', 2],
    ['jwks_uri', 2],
    ['redirect', 0],
    ['redirect', 2],
  ])('by its %s after %i honest answers brings no request there', async (member, honest) => {
    const callback = await attempt(member, honest);
    expect(callback.status).toBeGreaterThanOrEqual(400);
    expect(canaryRequests).toBe(0);
  });

  it('would bring one where the configuration lets it, so that this test can fail', async () => {
    await site.restart({ allowPrivate: true });
    for (const member of ['token_endpoint', 'jwks_uri']) {
      canaryRequests = 0;
      await attempt(member, 2);
      expect(canaryRequests).toBe(1);
    }
  });
});

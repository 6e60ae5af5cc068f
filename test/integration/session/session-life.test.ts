import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { finishLogin } from '../../../apps/shared/session/finish-login.ts';
import { type Grant, grantSchema } from '../../../apps/shared/session/grant.ts';
import { type GrantKeeper, createGrantKeeper } from '../../../apps/shared/session/grant-keeper.ts';
import type { Surroundings } from '../../../apps/shared/session/http.ts';
import {
  type ClientDescription,
  clientIdDocument,
  oidcClientSchema,
} from '../../../apps/shared/session/oidc-client.ts';
import { revokeGrant } from '../../../apps/shared/session/revoke-grant.ts';
import { type SealedStore, openSealedStore } from '../../../apps/shared/session/sealed-store.ts';
import { sessionFetch } from '../../../apps/shared/session/session-fetch.ts';
import { startLogin } from '../../../apps/shared/session/start-login.ts';
import { CssBrowser } from './css-browser.ts';
import { answerIssuer } from './css-login.ts';
import { type CssWithPeople, startCss } from './start-css.ts';

const key = new Uint8Array(32).fill(7);
const hourMs = 3_600_000;
let css: CssWithPeople;
let documents: Server;
let documentReads = 0;
let documentIsThere = true;
let folder: string;

/** Requests that went out, and a clock that tests move. */
let sent: string[];
let aheadMs: number;
const around: Surroundings = {
  now: () => Date.now() + aheadMs,
  fetch: async (input, init) => {
    sent.push(input instanceof Request ? input.url : String(input));
    return fetch(input, init);
  },
};
const tokenRequests = (): number => sent.filter((url) => url.endsWith('/.oidc/token')).length;

const documented = (): ClientDescription => {
  const { port } = documents.address() as AddressInfo;
  const origin = `http://localhost:${port}`;
  return {
    name: 'Wellpod',
    native: false,
    documentUrl: `${origin}/client-id.jsonld`,
    redirectUrl: `${origin}/login/callback`,
  };
};
const unreachable: ClientDescription = {
  name: 'Wellpod',
  native: false,
  documentUrl: 'http://localhost:1/client-id.jsonld',
  redirectUrl: 'http://localhost:1/login/callback',
};

beforeAll(async () => {
  css = await startCss();
  documents = createServer((_request, response) => {
    documentReads += 1;
    response.writeHead(documentIsThere ? 200 : 503, { 'content-type': 'application/ld+json' });
    response.end(JSON.stringify(clientIdDocument(documented())));
  });
  documents.listen(0, '127.0.0.1');
  await once(documents, 'listening');
});

afterAll(async () => {
  documents?.close();
  await css?.server.stop();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wellpod-grants-'));
  sent = [];
  aheadMs = 0;
  documentIsThere = true;
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function grantBy(description: ClientDescription): Promise<Grant> {
  const registrations = await openSealedStore(join(folder, 'clients'), key, oidcClientSchema);
  const start = { description, registrations, around };
  const { url, pending } = await startLogin({ issuer: css.server.baseUrl }, start);
  const callback = await answerIssuer(new CssBrowser(), url, css.alice);
  return (await finishLogin(pending, new URL(callback).searchParams, around)).grant;
}

const openGrants = (): Promise<SealedStore<Grant>> =>
  openSealedStore(join(folder, 'grants'), key, grantSchema);

/** A keeper with a memory of its own over the shared folder, as each process has one. */
async function keeperOf(id: string): Promise<GrantKeeper> {
  const store = await openGrants();
  return createGrantKeeper(
    {
      read: () => store.read(id),
      write: (grant) => store.write(id, grant),
      remove: () => store.remove(id),
      locked: (task) => store.locked(id, task),
    },
    around,
  );
}

describe('the client of a login', () => {
  it('is our Client ID Document where the issuer reads it', async () => {
    expect((await grantBy(documented())).client).toEqual({
      id: documented().documentUrl,
      kind: 'document',
    });
  });

  it('is a registration where the issuer cannot, found out before the person is sent there', async () => {
    const { client } = await grantBy(unreachable);
    expect(client).toMatchObject({ kind: 'registered' });
    expect(client.secret).toEqual(expect.any(String));
    // The server lets a registration last until its own storage is emptied.
    expect(client.secretExpiresMs).toBeUndefined();
  });

  it('is registered once for many logins', async () => {
    const first = await grantBy(unreachable);
    const second = await grantBy(unreachable);
    expect(second.client).toEqual(first.client);
    expect(sent.filter((url) => url.endsWith('/.oidc/reg'))).toHaveLength(1);
  });
});

describe.each([
  ['a Client ID Document', () => documented()],
  ['a registered client', () => unreachable],
])('a session by %s', (_name, description) => {
  it('renews itself from what is stored, and acts as the person', async () => {
    await (await openGrants()).write('s', await grantBy(description()));
    aheadMs = hourMs - 10_000;
    const url = `${css.server.baseUrl}alice/renewed-${randomUUID()}.txt`;
    const init = { method: 'PUT', headers: { 'content-type': 'text/plain' }, body: 'renewed' };
    const before = (await (await openGrants()).read('s'))?.accessToken;
    const response = await sessionFetch(await keeperOf('s'), around)(url, init);
    expect(response.status).toBe(201);
    const stored = await (await openGrants()).read('s');
    expect(stored?.accessToken).not.toBe(before);
    expect(stored?.accessExpiresMs).toBeGreaterThan(around.now() + hourMs - 60_000);
    expect((await fetch(url, init)).status).toBe(401);
  });

  it('renews once for many requests in two processes', async () => {
    await (await openGrants()).write('s', await grantBy(description()));
    aheadMs = hourMs - 10_000;
    sent = [];
    const [one, other] = [await keeperOf('s'), await keeperOf('s')];
    const grants = await Promise.all([one, other, one, other, one].map((keeper) => keeper.fresh()));
    expect(tokenRequests()).toBe(1);
    expect(new Set(grants.map(({ accessToken }) => accessToken)).size).toBe(1);
  });

  it('is ended by a logout, for good', async () => {
    const grant = await grantBy(description());
    await (await openGrants()).write('s', grant);
    await revokeGrant(grant, around);
    aheadMs = 2 * hourMs;
    const keeper = await keeperOf('s');
    sent = [];
    const request = sessionFetch(keeper, around)(`${css.server.baseUrl}alice/`);
    await expect(request).rejects.toMatchObject({ code: 'POD_UNAUTHENTICATED' });
    expect(sent).not.toContain(`${css.server.baseUrl}alice/`);
    expect(await (await openGrants()).read('s')).toBeUndefined();
  });
});

describe('a session whose issuer is away', () => {
  it('sends nothing anonymously, and is there again with the issuer', async () => {
    await (await openGrants()).write('s', await grantBy(documented()));
    aheadMs = 2 * hourMs;
    const keeper = await keeperOf('s');
    documentIsThere = false;
    documentReads = 0;
    sent = [];
    const request = sessionFetch(keeper, around)(`${css.server.baseUrl}alice/`);
    await expect(request).rejects.toMatchObject({ code: 'POD_UNAVAILABLE' });
    expect(sent).not.toContain(`${css.server.baseUrl}alice/`);
    // The reason why a terminal's client is registered: the document is read at each refresh.
    expect(documentReads).toBeGreaterThan(0);
    documentIsThere = true;
    expect((await keeper.fresh()).accessExpiresMs).toBeGreaterThan(around.now());
  });
});

describe('a clock that is wrong', () => {
  it.each([-15, 15])('by %i minutes keeps nobody from logging in and working', async (minutes) => {
    aheadMs = minutes * 60_000;
    await (await openGrants()).write('s', await grantBy(documented()));
    const asAlice = sessionFetch(await keeperOf('s'), around);
    const url = `${css.server.baseUrl}alice/clock-${minutes}.txt`;
    const init = { method: 'PUT', headers: { 'content-type': 'text/plain' }, body: 'late' };
    expect((await asAlice(url, init)).status).toBe(201);
  });
});

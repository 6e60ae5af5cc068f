import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { loginFetch } from '../../../pod-fixtures/community-server/client-credentials.ts';
import { CssBrowser } from './css-browser.ts';
import { answerIssuer } from './css-login.ts';
import { logIn, typeLogin } from './site-login.ts';
import { type CssWithPeople, startCss } from './start-css.ts';
import { type WellpodSite, startSite } from './wellpod-site.ts';

let css: CssWithPeople;
let site: WellpodSite;
let folder: string;
let browser: CssBrowser;

beforeAll(async () => {
  css = await startCss();
});

afterAll(() => css?.server.stop());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wellpod-choices-'));
  browser = new CssBrowser();
});

afterEach(async () => {
  await site?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function addToProfile(triples: string): Promise<void> {
  const asBob = await loginFetch({ baseUrl: css.server.baseUrl, ...css.bob });
  const url = css.bob.webId.replace(/#.*/u, '');
  const response = await asBob(url, {
    method: 'PATCH',
    headers: { 'content-type': 'text/n3' },
    body: `@prefix solid: <http://www.w3.org/ns/solid/terms#>.
<> a solid:InsertDeletePatch; solid:inserts { <${css.bob.webId}> ${triples} . }.`,
  });
  expect(response.status).toBeLessThan(300);
}

describe('a site that the issuer cannot reach', () => {
  it('registers there, says what that means, and keeps the session over a restart', async () => {
    site = await startSite({ stateFolder: folder, hostname: '127.0.0.1' });
    const { issuerUrl, page } = await typeLogin(browser, site.baseUrl, { who: css.alice.webId });
    expect(page).toContain('can not look Wellpod up');
    await browser.get(await answerIssuer(browser, issuerUrl ?? '', css.alice));
    await site.restart({ now: () => Date.now() + 20 * 3_600_000 });
    const me = await browser.get(`${site.baseUrl}me`);
    expect(await me.json()).toMatchObject({ webId: css.alice.webId });
  });
});

describe('a profile with several storages', () => {
  it('lets the person choose, and change the choice', async () => {
    const away = 'http://localhost:1/bob/';
    const own = `${css.server.baseUrl}bob/`;
    const predicate = '<http://www.w3.org/ns/pim/space#storage>';
    await addToProfile(`${predicate} <${own}>, <${away}>`);
    site = await startSite({ stateFolder: folder });
    const done = await logIn(browser, site.baseUrl, css.bob);
    expect(done.headers.get('location')).toBe('/storage?returnTo=%2Fme');
    const page = await (await browser.get(`${site.baseUrl}storage?returnTo=%2Fme`)).text();
    expect(page).toContain(own);
    for (const storage of [away, own]) {
      const chosen = await browser.submit('/storage', { storage, returnTo: '/me' });
      expect(chosen.headers.get('location')).toBe('/me');
      await site.restart();
      // The one that does not answer is kept, and keeps nothing else from working.
      expect(await (await browser.get(`${site.baseUrl}me`)).json()).toMatchObject({
        chosenStorage: storage,
        storages: expect.arrayContaining([own, away]),
      });
    }
    const foreign = await browser.submit('/storage', { storage: `${css.server.baseUrl}alice/` });
    expect(foreign.status).toBe(422);
  });
});

describe('a profile with several issuers', () => {
  it('lets the person choose where to log in', async () => {
    const other = 'https://login.example.org/';
    await addToProfile(`<http://www.w3.org/ns/solid/terms#oidcIssuer> <${other}>`);
    site = await startSite({ stateFolder: folder });
    const { page, issuerUrl } = await typeLogin(browser, site.baseUrl, { who: css.bob.webId });
    expect(issuerUrl).toBeUndefined();
    expect(page).toContain(other);
    const issuer = css.server.baseUrl;
    const chosen = await typeLogin(browser, site.baseUrl, { who: css.bob.webId, issuer });
    expect(chosen.issuerUrl).toContain(`${issuer}.oidc/auth`);
    const foreign = await typeLogin(browser, site.baseUrl, {
      who: css.bob.webId,
      issuer: 'https://attacker.example/',
    });
    expect(foreign.issuerUrl).toBeUndefined();
  });
});

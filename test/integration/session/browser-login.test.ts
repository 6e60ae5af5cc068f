import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { loginFetch } from '../../../pod-fixtures/community-server/client-credentials.ts';
import { CssBrowser } from './css-browser.ts';
import { answerIssuer } from './css-login.ts';
import { logIn, typeLogin, upToCallback } from './site-login.ts';
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
  folder = await mkdtemp(join(tmpdir(), 'wellpod-session-'));
  site = await startSite({ stateFolder: folder });
  browser = new CssBrowser();
});

afterEach(async () => {
  await site?.stop();
  await rm(folder, { recursive: true, force: true });
});

const me = async (): Promise<Record<string, unknown>> => {
  const response = await browser.get(`${site.baseUrl}me`);
  return response.status === 200 ? ((await response.json()) as Record<string, unknown>) : {};
};

describe('login with a WebID', () => {
  it('ends at the page that was asked for, as the person', async () => {
    const done = await logIn(browser, site.baseUrl, css.alice);
    expect(done.status).toBe(303);
    expect(done.headers.get('location')).toBe('/me');
    expect(await me()).toMatchObject({
      webId: css.alice.webId,
      name: 'Alice',
      storages: [`${css.server.baseUrl}alice/`],
    });
  });

  it('is connected for the fourteen days that the server grants', async () => {
    await logIn(browser, site.baseUrl, css.alice);
    const days = (Date.parse(String((await me())['connectedUntil'])) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(13.9);
    expect(days).toBeLessThanOrEqual(14);
  });

  it('starts from the address of an issuer too', async () => {
    const { issuerUrl } = await typeLogin(browser, site.baseUrl, {
      who: new URL(css.server.baseUrl).host,
    });
    await browser.get(await answerIssuer(browser, issuerUrl ?? '', css.alice));
    expect(await me()).toMatchObject({ webId: css.alice.webId });
  });

  it('reads and writes what a stranger may not, in the pod of the person', async () => {
    await logIn(browser, site.baseUrl, css.alice);
    const url = `${css.server.baseUrl}alice/private.txt`;
    const write = await browser.submit(`${site.baseUrl}write`, { url });
    expect(write.status).toBe(204);
    const asAlice = await loginFetch({ baseUrl: css.server.baseUrl, ...css.alice });
    expect(await (await asAlice(url)).text()).toBe('written in the session');
    expect((await fetch(url)).status).toBe(401);
  });

  it('is finished by a process that was started meanwhile', async () => {
    const callback = await upToCallback(browser, site.baseUrl, css.alice);
    await site.restart();
    expect((await browser.get(callback)).headers.get('location')).toBe('/me');
    expect(await me()).toMatchObject({ webId: css.alice.webId });
  });

  it('outlives a restart of our process', async () => {
    await logIn(browser, site.baseUrl, css.alice);
    await site.restart();
    expect(await me()).toMatchObject({ webId: css.alice.webId });
  });

  it('gives a new session id, whatever cookie the browser came with', async () => {
    const { port } = new URL(site.baseUrl);
    browser.setCookie(site.baseUrl, `wellpod-session-${port}`, 'planted');
    await logIn(browser, site.baseUrl, css.alice);
    expect(browser.cookie(site.baseUrl, /session/u)).toMatch(/^[\w-]{43}$/u);
    const first = browser.cookie(site.baseUrl, /session/u) ?? '';
    await logIn(browser, site.baseUrl, css.alice);
    await browser.submit(`${site.baseUrl}logout`, {});
    browser.setCookie(site.baseUrl, `wellpod-session-${port}`, first);
    expect(await me()).toEqual({});
  });

  it('sets cookies that scripts and foreign sites cannot use', async () => {
    const callback = await upToCallback(browser, site.baseUrl, css.alice);
    const cookies = (await browser.get(callback)).headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/u);
  });

  it('leaves nothing of the person readable at rest', async () => {
    await logIn(browser, site.baseUrl, css.alice);
    await upToCallback(new CssBrowser(), site.baseUrl, css.bob);
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      const text = (await readFile(path)).toString('latin1') + file.name;
      expect(text).not.toMatch(/alice|bob|localhost|eyJ|token/u);
      expect((await stat(path)).mode & 0o077).toBe(0);
    }
  });

  it('remembers the WebID in the browser, encrypted, until told to forget', async () => {
    await logIn(browser, site.baseUrl, css.alice);
    await browser.submit(`${site.baseUrl}logout`, {});
    const page = await (await browser.get(`${site.baseUrl}login`)).text();
    expect(page).toContain(css.alice.webId);
    expect(browser.cookie(site.baseUrl, /known/u)).not.toContain('alice');
    await browser.submit('/login/forget', {});
    expect(await (await browser.get(`${site.baseUrl}login`)).text()).not.toContain(css.alice.webId);
  });
});

describe('login that fails', () => {
  const failed = async (callback: string): Promise<string> => {
    const response = await browser.get(callback);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(browser.cookie(site.baseUrl, /session/u)).toBeUndefined();
    return response.text();
  };

  it('says that it was cancelled', async () => {
    const callback = await upToCallback(browser, site.baseUrl, { ...css.alice, answer: 'cancel' });
    expect(new URL(callback).searchParams.get('error')).toBe('access_denied');
    expect(await failed(callback)).toContain('You cancelled the login');
  });

  it('does not know a state that was never given or is used up', async () => {
    expect(await failed(`${site.baseUrl}login/callback?code=x&state=y`)).toContain(
      'We do not know this login',
    );
    const callback = await upToCallback(browser, site.baseUrl, { ...css.alice, answer: 'cancel' });
    await failed(callback);
    expect(await failed(callback)).toContain('We do not know this login');
  });

  it('is not finished in another browser', async () => {
    const callback = await upToCallback(new CssBrowser(), site.baseUrl, css.alice);
    expect(await failed(callback)).toContain('started in another browser');
  });

  it('refuses an answer that names another issuer', async () => {
    const callback = new URL(await upToCallback(browser, site.baseUrl, css.alice));
    callback.searchParams.set('iss', 'https://attacker.example/');
    expect(await failed(callback.href)).toContain('does not hold');
  });

  it('refuses a code that was changed', async () => {
    const callback = new URL(await upToCallback(browser, site.baseUrl, css.alice));
    callback.searchParams.set('code', 'another');
    expect(await failed(callback.href)).toContain('took too long');
  });

  it('notices that another person logged in than the one typed', async () => {
    const { issuerUrl } = await typeLogin(browser, site.baseUrl, { who: css.alice.webId });
    expect(await failed(await answerIssuer(browser, issuerUrl ?? '', css.bob))).toContain(
      'logged in somebody else',
    );
  });

  it.each([
    ['alice', 'This is not a web address'],
    ['', 'This is not a web address'],
    ['ftp://alice.example/', 'This is not a web address'],
    ['https://127.0.0.1/', 'must not be reached'],
    ['http://169.254.169.254/latest', 'must not be reached'],
    ['https://[::1]/profile#me', 'must not be reached'],
  ])('says what is wrong with %j', async (who, words) => {
    const { page, status } = await typeLogin(browser, site.baseUrl, { who });
    expect(status).toBe(422);
    expect(page).toContain(words);
  });

  it('says that a profile has no issuer, that a page is no profile, that a server is away', async () => {
    const asAlice = await loginFetch({ baseUrl: css.server.baseUrl, ...css.alice });
    const url = `${css.server.baseUrl}alice/profile/other`;
    await asAlice(url, {
      method: 'PUT',
      headers: { 'content-type': 'text/turtle' },
      body: '<#me> a <http://xmlns.com/foaf/0.1/Person>.',
    });
    const words = async (who: string): Promise<string> =>
      (await typeLogin(browser, site.baseUrl, { who })).page;
    await asAlice(`${url}.acl`, {
      method: 'PUT',
      headers: { 'content-type': 'text/turtle' },
      body: `@prefix acl: <http://www.w3.org/ns/auth/acl#>.
<#p> a acl:Authorization; acl:agentClass <http://xmlns.com/foaf/0.1/Agent>; acl:accessTo <other>; acl:mode acl:Read.
<#o> a acl:Authorization; acl:agent <${css.alice.webId}>; acl:accessTo <other>; acl:mode acl:Control, acl:Write.`,
    });
    expect(await words(`${url}#me`)).toContain('does not say who logs you in');
    expect(await words(`${css.server.baseUrl}alice/profile/none#me`)).toContain(
      'There is no profile at this address',
    );
    expect(await words('http://localhost:1/profile/card#me')).toContain('does not answer');
    expect(await words(site.baseUrl)).toContain('is not a server that logs people in');
  });
});

describe('logout', () => {
  it('ends the session here and says what stays at the issuer', async () => {
    await logIn(browser, site.baseUrl, css.alice);
    const page = await (await browser.submit(`${site.baseUrl}logout`, {})).text();
    expect(page).toContain('You are logged out');
    expect(page).toContain('may remember you in this browser');
    expect(await me()).toEqual({});
    expect((await readdir(join(folder, 'sessions'))).length).toBe(0);
  });

  it('is not done for a page of another site', async () => {
    await logIn(browser, site.baseUrl, css.alice);
    const cookie = browser.cookie(site.baseUrl, /session/u);
    const { port } = new URL(site.baseUrl);
    const response = await fetch(`${site.baseUrl}logout`, {
      method: 'POST',
      headers: { origin: 'https://attacker.example', cookie: `wellpod-session-${port}=${cookie}` },
    });
    expect(response.status).toBe(403);
    expect(await me()).toMatchObject({ webId: css.alice.webId });
  });
});

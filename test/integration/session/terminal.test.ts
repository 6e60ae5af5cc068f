import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type ClientCredentials,
  type TerminalState,
  credentialsLogin,
  forgetStored,
  openStoredPerson,
  terminalLogin,
} from '../../../apps/shared/session/index.ts';
import {
  createClientCredentials,
  loginFetch,
} from '../../../pod-fixtures/community-server/client-credentials.ts';
import { CssBrowser } from './css-browser.ts';
import { type IssuerLogin, answerIssuer } from './css-login.ts';
import { type CssWithPeople, startCss } from './start-css.ts';

let css: CssWithPeople;
let state: TerminalState;
let aheadMs: number;

beforeAll(async () => {
  css = await startCss();
});

afterAll(() => css?.server.stop());

beforeEach(async () => {
  aheadMs = 0;
  state = {
    stateFolder: await mkdtemp(join(tmpdir(), 'wellpod-terminal-')),
    allowPrivate: ['localhost'],
    now: () => Date.now() + aheadMs,
  };
});

afterEach(() => rm(state.stateFolder, { recursive: true, force: true }));

/** Runs the login, with a browser that does what a person would; tells what that one saw. */
async function logIn(
  person: IssuerLogin,
  who = person.webId,
): Promise<{ readonly login: ReturnType<typeof terminalLogin>; readonly seen: string }> {
  const lines: string[] = [];
  let visited = Promise.resolve('');
  const visit = async (url: string): Promise<string> => {
    const browser = new CssBrowser();
    const callback = await answerIssuer(browser, url, person);
    // Somebody else's page in the same browser, which guesses the address.
    await fetch(callback.replace(/state=[^&]*/u, 'state=guessed'));
    return (await browser.get(callback)).text();
  };
  const login = terminalLogin({
    ...state,
    webIdOrIssuer: who,
    print: (line) => void lines.push(line),
    openBrowser: (url) => void (visited = visit(url)),
  });
  await login.catch(() => undefined);
  expect(lines.some((line) => line.startsWith(css.server.baseUrl))).toBe(true);
  return { login, seen: await visited };
}

async function privateRead(webId: string): Promise<Response> {
  const asOwner = await loginFetch({ baseUrl: css.server.baseUrl, ...css.alice, webId });
  return asOwner(`${css.server.baseUrl}alice/terminal.txt`);
}

const body = { bytes: new TextEncoder().encode('from a terminal'), contentType: 'text/plain' };

describe('login in a terminal', () => {
  it('goes through the browser, and serves the commands to come', async () => {
    const { login } = await logIn(css.alice);
    expect(await login).toMatchObject({ webId: css.alice.webId, issuer: css.server.baseUrl });
    // Long after the page that took the redirect has gone.
    aheadMs = 20 * 3_600_000;
    const person = await openStoredPerson(state);
    expect(person).toMatchObject({ webId: css.alice.webId, name: 'Alice' });
    await person.pods[0]?.pod.write(`${css.server.baseUrl}alice/terminal.txt`, body);
    expect(await (await privateRead(css.alice.webId)).text()).toBe('from a terminal');
  });

  it('takes an issuer, and tells the browser that it is done', async () => {
    const { login, seen } = await logIn(css.bob, css.server.baseUrl);
    expect(await login).toMatchObject({ webId: css.bob.webId });
    expect(seen).toContain('You are logged in');
  });

  it('fails where it was cancelled, and stores nothing', async () => {
    const { login, seen } = await logIn({ ...css.alice, answer: 'cancel' });
    await expect(login).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toContain('You cancelled the login');
    await expect(openStoredPerson(state)).rejects.toMatchObject({ code: 'not-logged-in' });
  });

  it('gives up when it is told to', async () => {
    const control = new AbortController();
    const login = terminalLogin({
      ...state,
      webIdOrIssuer: css.server.baseUrl,
      print: () => undefined,
      openBrowser: () => control.abort(new Error('interrupted')),
      signal: control.signal,
    });
    await expect(login).rejects.toThrow('interrupted');
  });

  it('is forgotten by a logout, at the issuer too', async () => {
    await (
      await logIn(css.alice)
    ).login;
    const person = await openStoredPerson(state);
    expect(await forgetStored(state)).toEqual({ wasLoggedIn: true });
    expect(await forgetStored(state)).toEqual({ wasLoggedIn: false });
    await expect(openStoredPerson(state)).rejects.toMatchObject({ code: 'not-logged-in' });
    aheadMs = 2 * 3_600_000;
    const read = person.pods[0]?.pod.read(`${css.server.baseUrl}alice/README`);
    await expect(read).rejects.toMatchObject({ code: 'POD_UNAUTHENTICATED' });
  });

  it('leaves nothing readable at rest', async () => {
    await (
      await logIn(css.alice)
    ).login;
    for (const entry of await readdir(state.stateFolder, {
      recursive: true,
      withFileTypes: true,
    })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(join(entry.parentPath, entry.name));
      expect(bytes.toString('latin1')).not.toMatch(/alice|localhost|eyJ/u);
    }
  });
});

describe('login by client credentials', () => {
  let credentials: ClientCredentials;

  beforeEach(async () => {
    const login = { baseUrl: css.server.baseUrl, ...css.alice };
    const { issuer, id, secret, webId } = await createClientCredentials(login);
    credentials = { issuer, clientId: id, clientSecret: secret, webId };
  });

  it('acts as the person, renews itself, and stores nothing', async () => {
    const person = await credentialsLogin(credentials, state);
    expect(person).toMatchObject({ webId: css.alice.webId });
    // Their tokens live ten minutes.
    aheadMs = 3_600_000;
    const url = `${css.server.baseUrl}alice/headless.txt`;
    await expect(person.pods[0]?.pod.write(url, body)).resolves.toBeDefined();
    expect(await readdir(state.stateFolder)).toEqual([]);
  });

  it('is kept for the commands to come when asked to', async () => {
    await credentialsLogin(credentials, state, { keep: true });
    aheadMs = 30 * 86_400_000;
    expect(await openStoredPerson(state)).toMatchObject({ webId: css.alice.webId });
  });

  it('knows the WebID by itself', async () => {
    const { webId: _, ...anonymous } = credentials;
    expect(await credentialsLogin(anonymous, state)).toMatchObject({ webId: css.alice.webId });
  });

  it.each([
    ['credentials-refused', { clientSecret: 'wrong' }],
    ['credentials-refused', { clientId: 'nobody' }],
    ['other-person', { webId: 'https://bob.example/#me' }],
    ['unreachable', { issuer: 'http://localhost:1/' }],
    ['not-allowed', { issuer: 'http://10.0.0.1/' }],
  ])('fails as %s with %j', async (code, change) => {
    const login = credentialsLogin({ ...credentials, ...change }, state);
    await expect(login).rejects.toMatchObject({ code });
  });
});

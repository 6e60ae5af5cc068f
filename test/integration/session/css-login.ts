import type { CssBrowser } from './css-browser.ts';

/** What the server's account pages send and receive as JSON. */
interface Controls {
  readonly password?: { readonly login: string };
  readonly oidc?: { readonly webId: string; readonly consent: string; readonly cancel: string };
}

/** Which account logs in at the issuer, and what it does at the consent page. */
export interface IssuerLogin {
  readonly email: string;
  readonly password: string;
  readonly webId: string;
  readonly answer?: 'consent' | 'cancel';
}

/**
 * Does at a Community Solid Server what a person does after being sent there: password, WebID,
 * consent. Answers with the address that the server sends back to.
 */
export async function answerIssuer(
  browser: CssBrowser,
  authorizationUrl: string,
  login: IssuerLogin,
): Promise<string> {
  const interaction = await follow(browser, authorizationUrl);
  const account = new URL('/.account/', interaction).href;
  const first = await controlsOf(browser, account);
  const { email, password, webId } = login;
  let next = await located(browser, first.password?.login, { email, password });
  next = await follow(browser, next);
  const { oidc } = await controlsOf(browser, account);
  if (login.answer === 'cancel') return follow(browser, await located(browser, oidc?.cancel, {}));
  next = await located(browser, oidc?.webId, { webId, remember: true });
  await follow(browser, next);
  const { oidc: again } = await controlsOf(browser, account);
  return follow(browser, await located(browser, again?.consent, { remember: true }));
}

async function controlsOf(browser: CssBrowser, account: string): Promise<Controls> {
  const response = await browser.get(account, 'application/json');
  const { controls } = (await response.json()) as { controls: Controls };
  return controls;
}

async function located(
  browser: CssBrowser,
  url: string | undefined,
  body: unknown,
): Promise<string> {
  if (url === undefined) throw new Error('The server offers no such step');
  const response = await browser.postJson(url, body);
  const { location } = (await response.json()) as { location?: string };
  if (location === undefined) throw new Error(`The server answered ${response.status} to ${url}`);
  return location;
}

/** Follows redirects on one origin; the first address elsewhere, or the last one, is the answer. */
async function follow(browser: CssBrowser, start: string): Promise<string> {
  const { origin } = new URL(start);
  let url = start;
  for (let step = 0; step < 10; step++) {
    if (new URL(url).origin !== origin) return url;
    const response = await browser.get(url);
    const location = response.headers.get('location');
    if (location === null) return url;
    url = new URL(location, url).href;
  }
  throw new Error('Too many redirects');
}

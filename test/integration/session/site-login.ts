import type { CssBrowser } from './css-browser.ts';
import { type IssuerLogin, answerIssuer } from './css-login.ts';

/** Types into the login page's box; answers with the address at the issuer, or the page that refused. */
export async function typeLogin(
  browser: CssBrowser,
  siteUrl: string,
  fields: Readonly<Record<string, string>>,
): Promise<{ readonly issuerUrl: string | undefined; readonly page: string; status: number }> {
  await browser.get(`${siteUrl}login`);
  const response = await browser.submit('/login', { returnTo: '/me', remember: 'yes', ...fields });
  const issuerUrl = response.headers.get('refresh')?.replace(/^0; url=/u, '');
  return { issuerUrl, page: await response.text(), status: response.status };
}

/** Starts a login and does the issuer's part; answers with the callback that is still to be opened. */
export async function upToCallback(
  browser: CssBrowser,
  siteUrl: string,
  login: IssuerLogin,
): Promise<string> {
  const { issuerUrl, page } = await typeLogin(browser, siteUrl, { who: login.webId });
  if (issuerUrl === undefined) throw new Error(`The login did not start: ${page}`);
  return answerIssuer(browser, issuerUrl, login);
}

/** A whole login, to the redirect that ends it. */
export async function logIn(
  browser: CssBrowser,
  siteUrl: string,
  login: IssuerLogin,
): Promise<Response> {
  return browser.get(await upToCallback(browser, siteUrl, login));
}

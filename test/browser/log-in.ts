import type { Page } from 'playwright-core';

/** Who logs in, as the demo prints it. */
export interface BrowserLogin {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export const ada: BrowserLogin = {
  name: 'Ada',
  email: 'ada@wellpod.example',
  password: 'ada-demo',
};

/** Goes from the site's front page through the issuer's own pages and back, as a person does. */
export async function logIn(page: Page, siteUrl: string, login: BrowserLogin): Promise<void> {
  await page.goto(siteUrl);
  await page.getByRole('button', { name: new RegExp(`^${login.name}\\b`) }).click();
  await page.waitForURL(/\.account\//);
  await fillPassword(page, login);
  await page.waitForURL(/oidc\/consent/);
  await page.locator('#webIdList input[type=radio]').first().check();
  await page.locator('#authorize:enabled').click();
  await page.waitForURL(`${siteUrl}**`);
  if (new URL(page.url()).pathname === '/storage')
    await page.getByRole('button', { name: 'Use this storage' }).click();
  await page.waitForURL(`${siteUrl}**`);
}

/** Fills the issuer's password page. */
export async function fillPassword(
  page: Page,
  { email, password }: Pick<BrowserLogin, 'email' | 'password'>,
): Promise<void> {
  await page.locator('#email').fill(email);
  await page.locator('#password').fill(password);
  await page.locator('button[name=submit]:enabled').click();
}

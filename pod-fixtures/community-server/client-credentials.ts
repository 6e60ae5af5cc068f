import {
  EVENTS,
  type SessionTokenSet,
  buildAuthenticatedFetch,
} from '@inrupt/solid-client-authn-core';
import { Session } from '@inrupt/solid-client-authn-node';

/** An account of a running server, as it was seeded. */
export interface Login {
  readonly baseUrl: string;
  readonly email: string;
  readonly password: string;
  readonly webId: string;
}

/** What a program without a browser logs in with. */
export interface ClientCredentials {
  readonly issuer: string;
  readonly id: string;
  readonly secret: string;
  readonly webId: string;
}

/** Makes client credentials through the account API, as the page at `.account/` does. */
export async function createClientCredentials(login: Login): Promise<ClientCredentials> {
  const { authorization } = await json<{ authorization: string }>(
    new URL('.account/login/password/', login.baseUrl),
    { email: login.email, password: login.password },
  );
  const headers = { authorization: `CSS-Account-Token ${authorization}` };
  const { controls } = await json<{ controls: { account: { clientCredentials: string } } }>(
    new URL('.account/', login.baseUrl),
    undefined,
    headers,
  );
  const { id, secret } = await json<{ id: string; secret: string }>(
    controls.account.clientCredentials,
    { name: 'fixture', webId: login.webId },
    headers,
  );
  return { issuer: login.baseUrl, id, secret, webId: login.webId };
}

/**
 * A fetch that acts as the WebID of the credentials, for the 600 s that the server's tokens live.
 * It sends through `inner`, the login itself does not.
 */
export async function credentialsFetch(
  credentials: ClientCredentials,
  inner: typeof fetch = fetch,
): Promise<typeof fetch> {
  const session = new Session({ keepAlive: false });
  const given: SessionTokenSet[] = [];
  session.events.on(EVENTS.NEW_TOKENS, (tokens) => given.push(tokens));
  await session.login({
    clientId: credentials.id,
    clientSecret: credentials.secret,
    oidcIssuer: credentials.issuer,
  });
  // Here alone, not at the server: it stops a timer that would keep the process.
  await session.logout({ logoutType: 'app' });
  const { accessToken, dpopKey } = given[0] ?? {};
  if (accessToken === undefined || dpopKey === undefined) {
    throw new Error('The server gave no token');
  }
  // The session's own fetch takes no other fetch to send through.
  return buildAuthenticatedFetch(accessToken, { dpopKey, fetch: inner });
}

/** {@link createClientCredentials} and {@link credentialsFetch} in one. */
export async function loginFetch(login: Login, inner: typeof fetch = fetch): Promise<typeof fetch> {
  return credentialsFetch(await createClientCredentials(login), inner);
}

async function json<T>(
  url: string | URL,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<T> {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`The account API answered ${response.status}`);
  return (await response.json()) as T;
}

import { type PendingLogin, beginAuthorization, isAccepted } from './authorization.ts';
import { type Surroundings, hostOf, webUrl } from './http.ts';
import { type Issuer, discoverIssuer } from './issuer.ts';
import { LoginFailure } from './login-failure.ts';
import {
  type ClientDescription,
  type OidcClient,
  documentClient,
  registerClient,
} from './oidc-client.ts';
import { readProfile } from './profile.ts';
import type { SealedStore } from './sealed-store.ts';

/** What starting a login takes. */
export interface LoginStart {
  readonly description: ClientDescription;
  /** Registrations at issuers that cannot read our Client ID Document, kept for the next login. */
  readonly registrations: SealedStore<OidcClient>;
  readonly around: Surroundings;
}

/** Who was meant by what somebody typed: an issuer, or a WebID with the issuers it names. */
export interface LoginTarget {
  readonly issuers: readonly string[];
  readonly webId?: string;
}

/**
 * Understands a WebID or the address of an issuer, also without its `https://`.
 * @throws LoginFailure `not-a-url`, `not-a-webid`, `no-issuer`, `not-an-issuer`, `unreachable`,
 *   `not-allowed`.
 */
export async function understandLogin(typed: string, around: Surroundings): Promise<LoginTarget> {
  const url = completed(typed.trim());
  if (url === undefined) throw new LoginFailure('not-a-url');
  // Only a WebID has a fragment; what has none may be either.
  const issuer = url.includes('#') ? undefined : await issuerAt(url, around);
  if (issuer !== undefined) return { issuers: [issuer] };
  const { issuers } = await readProfile(url, around);
  if (issuers.length === 0) throw new LoginFailure('no-issuer', { host: hostOf(url) });
  return { issuers, webId: url };
}

async function issuerAt(url: string, around: Surroundings): Promise<string | undefined> {
  try {
    return (await discoverIssuer(url, around)).url;
  } catch (error) {
    const isOther = error instanceof LoginFailure && error.code === 'not-an-issuer';
    if (isOther && new URL(url).pathname !== '/') return undefined;
    throw error;
  }
}

/** Adds the scheme that people leave out; `undefined` when it is no web address then either. */
function completed(typed: string): string | undefined {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//iu.exec(typed)?.[0];
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)/u.test(typed);
  // A single word is a user name that somebody hoped would do.
  if (scheme === undefined && !isLocal && !typed.includes('.')) return undefined;
  const url = scheme === undefined ? `http${isLocal ? '' : 's'}://${typed}` : typed;
  return /\s/u.test(url) ? undefined : webUrl.safeParse(url).data;
}

/**
 * Prepares the login at one issuer as the client it accepts: our Client ID Document where it can
 * be expected to read that, else a registration.
 * @throws LoginFailure `client-not-accepted`, `not-an-issuer`, `unreachable`.
 */
export async function startLogin(
  target: { readonly issuer: string; readonly expectedWebId?: string | undefined },
  start: LoginStart,
): Promise<{ readonly url: string; readonly pending: PendingLogin }> {
  const { around, description } = start;
  const issuer = await discoverIssuer(target.issuer, around);
  const begin = (client: OidcClient): ReturnType<typeof beginAuthorization> =>
    beginAuthorization(issuer, client, {
      redirectUrl: description.redirectUrl,
      startedMs: around.now(),
      expectedWebId: target.expectedWebId,
    });
  for await (const client of candidates(issuer, start)) {
    const login = await begin(client);
    if (await isAccepted(login.url, around)) return login;
  }
  throw new LoginFailure('client-not-accepted', { host: hostOf(issuer.url) });
}

async function* candidates(
  issuer: Issuer,
  { description, registrations, around }: LoginStart,
): AsyncGenerator<OidcClient> {
  const documented = documentClient(issuer, description);
  if (documented !== undefined) yield documented;
  const id = `${issuer.url} ${description.redirectUrl}`;
  const stored = await registrations.read(id);
  if (stored !== undefined && !isExpired(stored, around.now())) yield stored;
  const registered = await registerClient(issuer, description, around);
  await registrations.write(id, registered);
  yield registered;
}

// A session started now should not lose its client while it lasts.
const leastRemainingMs = 15 * 86_400_000;

function isExpired({ secretExpiresMs }: OidcClient, nowMs: number): boolean {
  return secretExpiresMs !== undefined && secretExpiresMs - nowMs < leastRemainingMs;
}

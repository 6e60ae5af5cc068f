import { decodeJwt } from 'jose';
import { createDpopKey } from './dpop.ts';
import type { Grant } from './grant.ts';
import { type Surroundings, hostOf, webUrl } from './http.ts';
import { discoverIssuer } from './issuer.ts';
import { LoginFailure } from './login-failure.ts';
import type { OidcClient } from './oidc-client.ts';
import { type TokenAnswer, type TokenGrant, requestTokens } from './token-endpoint.ts';
import { TokenRefused } from './token-refusal.ts';

/**
 * New tokens for a grant, for every kind of client alike.
 * @throws LoginFailure `session-ended` when only a new login helps, `unreachable` when waiting does.
 */
export async function renewGrant(grant: Grant, around: Surroundings): Promise<Grant> {
  const ended = (cause?: unknown): LoginFailure =>
    new LoginFailure('session-ended', { host: hostOf(grant.issuer), cause });
  const renewal = renewalOf(grant);
  if (renewal === undefined) throw ended();
  const issuer = await discoverIssuer(grant.issuer, around);
  const { client, dpopKey: key } = grant;
  let tokens: TokenAnswer;
  try {
    tokens = await requestTokens({ issuer, client, key, grant: renewal }, around);
  } catch (cause) {
    if (!(cause instanceof TokenRefused)) throw cause;
    if (isFinal(cause, client)) throw ended(cause);
    throw new LoginFailure('unreachable', { host: hostOf(grant.issuer), cause });
  }
  // OpenID Connect Core §12.2: a refresh never changes who it is.
  if (tokens.webId !== undefined && tokens.webId !== grant.webId) throw ended();
  return {
    ...grant,
    accessToken: tokens.accessToken,
    accessExpiresMs: tokens.accessExpiresMs,
    renewedMs: around.now(),
    ...(tokens.refreshToken !== undefined && { refreshToken: tokens.refreshToken }),
  };
}

function isFinal({ error }: TokenRefused, client: OidcClient): boolean {
  if (error === 'invalid_grant') return true;
  // An issuer that could not read our Client ID Document just now may be able to later.
  return error === 'invalid_client' && client.kind !== 'document';
}

function renewalOf({ client, refreshToken }: Grant): TokenGrant | undefined {
  if (client.kind === 'credentials') return { type: 'credentials' };
  return refreshToken === undefined ? undefined : { type: 'refresh', refreshToken };
}

/** What a program without a browser logs in with, made by its user at the issuer. */
export interface ClientCredentials {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** When given, the issuer must say the same. */
  readonly webId?: string | undefined;
}

/**
 * A grant by client credentials (RFC 6749 §4.4).
 * @throws LoginFailure `credentials-refused`, `other-person`, `not-an-issuer`, `unreachable`.
 */
export async function credentialsGrant(
  credentials: ClientCredentials,
  around: Surroundings,
): Promise<Grant> {
  const issuer = await discoverIssuer(credentials.issuer, around);
  const host = hostOf(issuer.url);
  const key = await createDpopKey();
  const client = {
    id: credentials.clientId,
    secret: credentials.clientSecret,
    kind: 'credentials',
  } as const;
  let tokens: TokenAnswer;
  try {
    const grant = { type: 'credentials' } as const;
    tokens = await requestTokens({ issuer, client, key, grant }, around);
  } catch (cause) {
    if (!(cause instanceof TokenRefused)) throw cause;
    throw new LoginFailure('credentials-refused', { host, cause });
  }
  const webId = webIdIn(tokens.accessToken) ?? credentials.webId;
  if (webId === undefined) throw new LoginFailure('token-invalid', { host });
  if (credentials.webId !== undefined && credentials.webId !== webId) {
    throw new LoginFailure('other-person', { host });
  }
  return {
    webId,
    issuer: issuer.url,
    client,
    dpopKey: key,
    accessToken: tokens.accessToken,
    accessExpiresMs: tokens.accessExpiresMs,
    renewedMs: around.now(),
  };
}

/** Not verified: the issuer itself handed us the token, over the connection that we trust it by. */
function webIdIn(accessToken: string): string | undefined {
  try {
    return webUrl.safeParse(decodeJwt(accessToken)['webid']).data;
  } catch {
    return undefined;
  }
}

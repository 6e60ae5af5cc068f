import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { type Surroundings, hostOf } from './http.ts';
import { type Issuer, isLoopback } from './issuer.ts';
import { LoginFailure } from './login-failure.ts';
import { throughGuard, withoutSecrets } from './protocol.ts';

/** As whom this application speaks to an issuer. */
export interface OidcClient {
  readonly id: string;
  readonly secret?: string;
  /** `document`: the id is the address of our Client ID Document; `registered`: the issuer gave it. */
  readonly kind: 'document' | 'registered' | 'credentials';
  /** UTC epoch milliseconds; absent where the registration does not end. */
  readonly secretExpiresMs?: number;
}

/** What a stored `OidcClient` looks like. */
export const oidcClientSchema: z.ZodType<OidcClient> = z
  .object({
    id: z.string(),
    secret: z.string().optional(),
    kind: z.enum(['document', 'registered', 'credentials']),
    secretExpiresMs: z.number().optional(),
  })
  .transform(({ secret, secretExpiresMs, ...client }) => ({
    ...client,
    ...(secret !== undefined && { secret }),
    ...(secretExpiresMs !== undefined && { secretExpiresMs }),
  }));

/** How this application presents itself at issuers. */
export interface ClientDescription {
  readonly name: string;
  /** Address of the Client ID Document; absent where the application serves none. */
  readonly documentUrl?: string;
  /** To the letter what the authorization request will carry. */
  readonly redirectUrl: string;
  readonly siteUrl?: string;
  /** A native application's loopback redirect (RFC 8252 §7.3) rather than a website's. */
  readonly native: boolean;
}

/** How far apart the clocks of an issuer's own machines may be. */
const toleranceSeconds = 60;

/**
 * Who speaks to whom, as the protocol library takes it first of all. `issuerNowMs` is the time by
 * the issuer's clock, in UTC epoch milliseconds.
 */
export function partyOf(
  { server }: Issuer,
  { id, secret }: OidcClient,
  issuerNowMs: number,
): readonly [oauth.AuthorizationServer, oauth.Client, oauth.ClientAuth] {
  const client = {
    client_id: id,
    // The library knows no other clock than the machine's.
    [oauth.clockSkew]: Math.round((issuerNowMs - Date.now()) / 1000),
    [oauth.clockTolerance]: toleranceSeconds,
  };
  return [server, client, secret === undefined ? oauth.None() : oauth.ClientSecretBasic(secret)];
}

/** The scopes of every login: `offline_access` is what makes sessions outlive an hour. */
export const scopes = 'openid webid offline_access';

/** The Client ID Document (Solid-OIDC §5.1), served as `application/ld+json`. */
export function clientIdDocument(client: ClientDescription): Record<string, unknown> {
  return {
    '@context': ['https://www.w3.org/ns/solid/oidc-context.jsonld'],
    client_id: client.documentUrl,
    client_name: client.name,
    client_uri: client.siteUrl,
    redirect_uris: [client.redirectUrl],
    scope: scopes,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  };
}

/** The client that our document describes, when this issuer can be expected to read it. */
export function documentClient(
  issuer: Issuer,
  { documentUrl }: ClientDescription,
): OidcClient | undefined {
  if (documentUrl === undefined || !readsClientDocuments(issuer)) return undefined;
  const { protocol, hostname } = new URL(documentUrl);
  // An issuer elsewhere cannot reach this machine; and over plain http servers accept no other name.
  const local = hostname === 'localhost' && isLoopback(issuer.url);
  const publicSite = protocol === 'https:' && !isLoopback(documentUrl);
  return local || publicSite ? { id: documentUrl, kind: 'document' } : undefined;
}

/** Solid-OIDC §5.1 asks issuers that do to announce the `webid` scope. */
function readsClientDocuments({ server }: Issuer): boolean {
  return server.scopes_supported.includes('webid');
}

/**
 * Registers this application at the issuer (OpenID Connect Dynamic Registration §3.1).
 * @throws LoginFailure `client-not-accepted`, `unreachable`.
 */
export async function registerClient(
  issuer: Issuer,
  description: ClientDescription,
  around: Surroundings,
): Promise<OidcClient> {
  const given = await register(issuer, description, around).catch((error: unknown) => {
    if (error instanceof LoginFailure) throw error;
    const cause = withoutSecrets(error);
    throw new LoginFailure('client-not-accepted', { host: hostOf(issuer.url), cause });
  });
  return {
    id: given.client_id,
    kind: 'registered',
    ...(given.client_secret !== undefined && { secret: given.client_secret }),
    // 0 means "never" (Dynamic Registration §3.2.1).
    ...(given.client_secret_expires_at && {
      secretExpiresMs: given.client_secret_expires_at * 1000,
    }),
  };
}

async function register({ server }: Issuer, description: ClientDescription, around: Surroundings) {
  const metadata = {
    client_name: description.name,
    ...(description.siteUrl && { client_uri: description.siteUrl }),
    application_type: description.native ? 'native' : 'web',
    redirect_uris: [description.redirectUrl],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    ...signingAlgorithm(server.id_token_signing_alg_values_supported),
  };
  const response = await oauth.dynamicClientRegistrationRequest(
    server,
    metadata,
    throughGuard(around),
  );
  return registration.parse(await oauth.processDynamicClientRegistrationResponse(response));
}

const registration = z.object({
  client_id: z.string(),
  client_secret: z.string().optional(),
  client_secret_expires_at: z.number().optional(),
});

function signingAlgorithm(supported: readonly string[]): { id_token_signed_response_alg?: string } {
  const name = ['ES256', 'RS256'].find((each) => supported.includes(each)) ?? supported[0];
  return name === undefined ? {} : { id_token_signed_response_alg: name };
}

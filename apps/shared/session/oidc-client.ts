import { z } from 'zod';
import { type Surroundings, ask, hostOf, jsonBody } from './http.ts';
import { type Issuer, isLoopback } from './issuer.ts';
import { LoginFailure } from './login-failure.ts';

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
  if (documentUrl === undefined || !issuer.readsClientDocuments) return undefined;
  const { protocol, hostname } = new URL(documentUrl);
  // An issuer elsewhere cannot reach this machine; and over plain http servers accept no other name.
  const local = hostname === 'localhost' && isLoopback(issuer.url);
  const publicSite = protocol === 'https:' && !isLoopback(documentUrl);
  return local || publicSite ? { id: documentUrl, kind: 'document' } : undefined;
}

const registration = z.object({
  client_id: z.string(),
  client_secret: z.string().optional(),
  client_secret_expires_at: z.number().optional(),
});

/**
 * Registers this application at the issuer (OpenID Connect Dynamic Registration §3.1).
 * @throws LoginFailure `client-not-accepted`, `unreachable`.
 */
export async function registerClient(
  issuer: Issuer,
  description: ClientDescription,
  around: Surroundings,
): Promise<OidcClient> {
  if (issuer.registrationEndpoint === undefined) throw notAccepted(issuer);
  const response = await ask(
    issuer.registrationEndpoint,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({
        client_name: description.name,
        ...(description.siteUrl && { client_uri: description.siteUrl }),
        application_type: description.native ? 'native' : 'web',
        redirect_uris: [description.redirectUrl],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        id_token_signed_response_alg: signingAlgorithm(issuer),
      }),
    },
    around,
  );
  const given = response.ok ? await jsonBody(response, registration) : undefined;
  if (given === undefined) throw notAccepted(issuer);
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

function signingAlgorithm({ signingAlgorithms }: Issuer): string | undefined {
  return (
    ['ES256', 'RS256'].find((name) => signingAlgorithms.includes(name)) ?? signingAlgorithms[0]
  );
}

function notAccepted(issuer: Issuer): LoginFailure {
  return new LoginFailure('client-not-accepted', { host: hostOf(issuer.url) });
}

/** Adds to a request of ours who is asking, as the client was told to say it. */
export function authenticateClient(
  client: OidcClient,
  headers: Headers,
  body: URLSearchParams,
): void {
  if (client.secret === undefined) body.set('client_id', client.id);
  else headers.set('authorization', basic(client.id, client.secret));
}

/** RFC 6749 §2.3.1: both parts form-encoded before they are joined. */
function basic(id: string, secret: string): string {
  const encoded = [id, secret].map((part) => new URLSearchParams({ '': part }).toString().slice(1));
  return `Basic ${Buffer.from(encoded.join(':')).toString('base64')}`;
}

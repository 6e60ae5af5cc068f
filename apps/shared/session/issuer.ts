import { z } from 'zod';
import { type Surroundings, ask, clockOffsetMs, hostOf, jsonBody, webUrl } from './http.ts';
import { LoginFailure } from './login-failure.ts';

/** An OpenID provider as it describes itself, as far as a Solid login needs it. */
export interface Issuer {
  /** Its identifier to the letter: tokens must carry exactly this. */
  readonly url: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  readonly registrationEndpoint?: string;
  readonly revocationEndpoint?: string;
  /** How it can sign ID tokens, in its order. */
  readonly signingAlgorithms: readonly string[];
  /** It reads Client ID Documents (Solid-OIDC §5.1 asks for the `webid` scope). */
  readonly readsClientDocuments: boolean;
  /** Its clock minus ours, in ms. */
  readonly clockOffsetMs: number;
  /** How long a consent lasts whatever is refreshed, where that is known. */
  readonly consentLastsMs?: number;
}

const metadata = z.object({
  issuer: webUrl,
  authorization_endpoint: webUrl,
  token_endpoint: webUrl,
  jwks_uri: webUrl,
  registration_endpoint: webUrl.optional(),
  revocation_endpoint: webUrl.optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).default(['RS256']),
  scopes_supported: z.array(z.string()).default([]),
});

const dayMs = 86_400_000;

/**
 * Servers that end a consent after a fixed time and do not say so in their metadata.
 * Community Solid Server: `ttl.Grant` in its `provider-factory.json`.
 */
const consentByServer: readonly { poweredBy: RegExp; lastsMs: number }[] = [
  { poweredBy: /Community Solid Server/u, lastsMs: 14 * dayMs },
];

/**
 * Reads `/.well-known/openid-configuration` (OpenID Connect Discovery §4).
 * @throws LoginFailure `not-an-issuer`, `unreachable`, `not-allowed`.
 */
export async function discoverIssuer(url: string, around: Surroundings): Promise<Issuer> {
  const document = `${url.replace(/\/$/u, '')}/.well-known/openid-configuration`;
  const response = await ask(document, { headers: { accept: 'application/json' } }, around);
  const found = response.ok ? await jsonBody(response, metadata) : undefined;
  if (found === undefined || !sameIssuer(found.issuer, url)) {
    throw new LoginFailure('not-an-issuer', { host: hostOf(url) });
  }
  requireEncryption(found);
  const poweredBy = response.headers.get('x-powered-by') ?? '';
  const consent = consentByServer.find((server) => server.poweredBy.test(poweredBy));
  return {
    url: found.issuer,
    authorizationEndpoint: found.authorization_endpoint,
    tokenEndpoint: found.token_endpoint,
    jwksUri: found.jwks_uri,
    ...(found.registration_endpoint && { registrationEndpoint: found.registration_endpoint }),
    ...(found.revocation_endpoint && { revocationEndpoint: found.revocation_endpoint }),
    signingAlgorithms: found.id_token_signing_alg_values_supported,
    readsClientDocuments: found.scopes_supported.includes('webid'),
    clockOffsetMs: clockOffsetMs(response, around.now),
    ...(consent && { consentLastsMs: consent.lastsMs }),
  };
}

/** Profiles and people write the same issuer with and without the final slash. */
export function sameIssuer(one: string, other: string): boolean {
  return one.replace(/\/$/u, '') === other.replace(/\/$/u, '');
}

/** True for an address of this machine itself. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/u.test(hostname);
}

/** Whoever reads along at one endpoint has the session, so https everywhere but on one machine. */
function requireEncryption(found: z.infer<typeof metadata>): void {
  const endpoints = [
    found.issuer,
    found.authorization_endpoint,
    found.token_endpoint,
    found.jwks_uri,
  ];
  const isOpen = (url: string): boolean => new URL(url).protocol === 'http:' && !isLoopback(url);
  if (endpoints.some(isOpen))
    throw new LoginFailure('not-an-issuer', { host: hostOf(found.issuer) });
}

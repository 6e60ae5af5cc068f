import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { type Surroundings, clockOffsetMs, hostOf, webUrl } from './http.ts';
import { LoginFailure } from './login-failure.ts';
import { throughGuard, withoutSecrets } from './protocol.ts';

/** An OpenID provider as it describes itself, as far as a Solid login needs it. */
export interface Issuer {
  /** Its identifier to the letter: tokens must carry exactly this. */
  readonly url: string;
  /** The members of its description that were checked, and no others. */
  readonly server: z.infer<typeof description>;
  /** Its clock minus ours, in ms. */
  readonly clockOffsetMs: number;
  /** How long a consent lasts whatever is refreshed, where that is known. */
  readonly consentLastsMs?: number;
}

const description = z.object({
  issuer: webUrl,
  authorization_endpoint: webUrl,
  token_endpoint: webUrl,
  jwks_uri: webUrl,
  registration_endpoint: webUrl.exactOptional(),
  revocation_endpoint: webUrl.exactOptional(),
  authorization_response_iss_parameter_supported: z.boolean().exactOptional(),
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
  const notAnIssuer = (cause?: unknown): LoginFailure =>
    new LoginFailure('not-an-issuer', { host: hostOf(url), cause: withoutSecrets(cause) });
  if (webUrl.safeParse(url).data === undefined) throw notAnIssuer();
  const response = await oauth.discoveryRequest(new URL(url), throughGuard(around));
  const described = await describedBy(response, url).catch((cause: unknown) => {
    throw notAnIssuer(cause);
  });
  const server = description.safeParse(described).data;
  if (server === undefined || !isEncrypted(server)) throw notAnIssuer();
  const poweredBy = response.headers.get('x-powered-by') ?? '';
  const consent = consentByServer.find((known) => known.poweredBy.test(poweredBy));
  return {
    url: server.issuer,
    server,
    clockOffsetMs: clockOffsetMs(response, around.now),
    ...(consent && { consentLastsMs: consent.lastsMs }),
  };
}

/** The answer, where it is from the issuer that was asked, in either spelling. */
function describedBy(response: Response, url: string): Promise<oauth.AuthorizationServer> {
  const bare = withoutSlash(url);
  return Promise.any([
    oauth.processDiscoveryResponse(new URL(bare), response.clone()),
    oauth.processDiscoveryResponse(new URL(`${bare}/`), response),
  ]);
}

/** Profiles and people write the same issuer with and without the final slash. */
export function sameIssuer(one: string, other: string): boolean {
  return withoutSlash(one) === withoutSlash(other);
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/u, '');
}

/** True for an address of this machine itself. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/u.test(hostname);
}

/** Whoever reads along at one endpoint has the session, so https everywhere but on one machine. */
function isEncrypted(server: Issuer['server']): boolean {
  return [
    server.issuer,
    server.authorization_endpoint,
    server.token_endpoint,
    server.jwks_uri,
    server.registration_endpoint,
    server.revocation_endpoint,
  ].every((url) => url === undefined || new URL(url).protocol === 'https:' || isLoopback(url));
}

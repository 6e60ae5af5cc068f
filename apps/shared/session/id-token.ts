import { type JSONWebKeySet, createLocalJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import { type Surroundings, ask, hostOf, jsonBody, webUrl } from './http.ts';
import type { Issuer } from './issuer.ts';
import { LoginFailure } from './login-failure.ts';

const keySet: z.ZodType<JSONWebKeySet> = z.looseObject({
  keys: z.array(z.looseObject({ kty: z.string() })).max(100),
});

const claims = z.object({
  sub: z.string(),
  webid: z.string().optional(),
  nonce: z.string().optional(),
  azp: z.string().optional(),
});

/** Only signatures that the issuer alone can make: no `none`, nothing keyed with our own secret. */
const algorithms = [
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'EdDSA',
];

/** What an ID token must agree with. */
export interface ExpectedToken {
  readonly issuer: Issuer;
  readonly clientId: string;
  /** Of our authorization request; absent at a refresh, which has none. */
  readonly nonce?: string;
}

/**
 * Who an ID token is about, after the checks of OpenID Connect Core §3.1.3.7.
 * @throws LoginFailure `token-invalid`, `unreachable`.
 */
export async function verifiedWebId(
  idToken: string,
  expected: ExpectedToken,
  around: Surroundings,
): Promise<string> {
  const { issuer, clientId, nonce } = expected;
  const invalid = (cause?: unknown): LoginFailure =>
    new LoginFailure('token-invalid', { host: hostOf(issuer.url), cause });
  const response = await ask(issuer.jwksUri, { headers: { accept: 'application/json' } }, around);
  const keys = response.ok ? await jsonBody(response, keySet) : undefined;
  if (keys === undefined) throw invalid();
  const payload = await jwtVerify(idToken, createLocalJWKSet(keys), {
    issuer: issuer.url,
    audience: clientId,
    algorithms,
    requiredClaims: ['exp', 'iat'],
    clockTolerance: 60,
    currentDate: new Date(around.now() + issuer.clockOffsetMs),
  }).then(
    (token) => token.payload,
    (cause: unknown) => {
      throw invalid(cause);
    },
  );
  const found = claims.safeParse(payload).data;
  if (found === undefined || (nonce !== undefined && found.nonce !== nonce)) throw invalid();
  if (found.azp !== undefined && found.azp !== clientId) throw invalid();
  // Solid-OIDC §6.1: `webid`; older servers put it in `sub`.
  const webId = webUrl.safeParse(found.webid ?? found.sub).data;
  if (webId === undefined) throw invalid();
  return webId;
}

import {
  type DPoPHandle,
  OperationProcessingError,
  PARSE_ERROR,
  RESPONSE_IS_NOT_CONFORM,
  RESPONSE_IS_NOT_JSON,
  ResponseBodyError,
  type TokenEndpointResponse,
  WWWAuthenticateChallengeError,
  authorizationCodeGrantRequest,
  clientCredentialsGrantRequest,
  getValidatedIdTokenClaims,
  isDPoPNonceError,
  processAuthorizationCodeResponse,
  processClientCredentialsResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  validateApplicationLevelSignature,
} from 'oauth4webapi';
import { z } from 'zod';
import { type DpopKey, proofSigner } from './dpop.ts';
import { type Surroundings, clockOffsetMs, hostOf, webUrl } from './http.ts';
import type { Issuer } from './issuer.ts';
import { LoginFailure } from './login-failure.ts';
import { type OidcClient, type Party, partyOf } from './oidc-client.ts';
import { throughGuard, withoutSecrets } from './protocol.ts';

/** What the token endpoint answered (RFC 6749 §5.1). */
export interface TokenAnswer {
  readonly accessToken: string;
  /** UTC epoch milliseconds by our clock. */
  readonly accessExpiresMs: number;
  readonly refreshToken?: string;
  /** Of the ID token, where one came; client credentials are read from the access token. */
  readonly webId?: string;
}

/** The issuer's `error` of a refused token request (RFC 6749 §5.2). */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly error: string;
  /** The issuer's clock minus ours, in ms, where one more request may be granted. */
  readonly retryOffsetMs: number | undefined;

  constructor(error: string, retryOffsetMs?: number) {
    super(`The issuer refused the token request: ${error}`);
    this.error = error;
    this.retryOffsetMs = retryOffsetMs;
  }
}

/** What tokens are asked for with. */
export type TokenGrant =
  | {
      readonly type: 'code';
      /** What `validateAuthResponse` let pass. */
      readonly returned: URLSearchParams;
      readonly redirectUrl: string;
      readonly codeVerifier: string;
      readonly nonce: string;
    }
  | { readonly type: 'refresh'; readonly refreshToken: string }
  | { readonly type: 'credentials' };

/** One request for tokens. */
export interface TokenRequest {
  readonly issuer: Issuer;
  readonly client: OidcClient;
  readonly key: DpopKey;
  readonly grant: TokenGrant;
}

/** Without `expires_in` the life is the issuer's secret: a short guess costs one refresh. */
const assumedLifeSeconds = 300;

/**
 * Asks for tokens bound to the key, and checks the ID token with its signature. Answers a demand
 * for a nonce (RFC 9449 §8), and a complaint about the proof's time by the issuer's own clock, with
 * one more try.
 * @throws TokenRefused with the issuer's error.
 * @throws LoginFailure `unreachable` when there is no usable answer, `token-invalid`.
 */
export async function requestTokens(
  request: TokenRequest,
  around: Surroundings,
): Promise<TokenAnswer> {
  let offsetMs = request.issuer.clockOffsetMs;
  const issuerNow = (): number => around.now() + offsetMs;
  const signer = await proofSigner(request.key, issuerNow);
  const attempt = (): Promise<TokenAnswer> =>
    send(request, { party: partyOf(request.client, issuerNow()), signer }, around);
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof TokenRefused) || error.retryOffsetMs === undefined) throw error;
    offsetMs = error.retryOffsetMs;
    return attempt();
  }
}

async function send(
  request: TokenRequest,
  sender: { readonly party: Party; readonly signer: DPoPHandle },
  around: Surroundings,
): Promise<TokenAnswer> {
  try {
    const options = { ...throughGuard(around), DPoP: sender.signer };
    const answer = await exchange(request, sender.party, options);
    const { tokens } = answer;
    const webId = await verifiedWebId(request, answer, around);
    const lifeMs = (tokens.expires_in ?? assumedLifeSeconds) * 1000;
    return {
      accessToken: tokens.access_token,
      accessExpiresMs: around.now() + lifeMs,
      ...(tokens.refresh_token !== undefined && { refreshToken: tokens.refresh_token }),
      ...(webId !== undefined && { webId }),
    };
  } catch (error) {
    throw await failureOf(error, request, around);
  }
}

interface Exchange {
  readonly response: Response;
  readonly tokens: TokenEndpointResponse;
}

async function exchange(
  { issuer: { server }, grant }: TokenRequest,
  { client, authentication }: Party,
  options: ReturnType<typeof throughGuard> & { readonly DPoP: DPoPHandle },
): Promise<Exchange> {
  if (grant.type === 'code') {
    const response = await authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      grant.returned,
      grant.redirectUrl,
      grant.codeVerifier,
      options,
    );
    const expected = { expectedNonce: grant.nonce, requireIdToken: true };
    const tokens = await processAuthorizationCodeResponse(server, client, response, expected);
    return { response, tokens };
  }
  if (grant.type === 'refresh') {
    const { refreshToken } = grant;
    const response = await refreshTokenGrantRequest(
      server,
      client,
      authentication,
      refreshToken,
      options,
    );
    return { response, tokens: await processRefreshTokenResponse(server, client, response) };
  }
  const response = await clientCredentialsGrantRequest(
    server,
    client,
    authentication,
    { scope: 'webid' },
    options,
  );
  return { response, tokens: await processClientCredentialsResponse(server, client, response) };
}

/** Who the ID token is about, beyond what the library checks: its signature, `azp` and WebID. */
async function verifiedWebId(
  { issuer, client, grant }: TokenRequest,
  { tokens, response }: Exchange,
  around: Surroundings,
): Promise<string | undefined> {
  const claims = getValidatedIdTokenClaims(tokens);
  if (claims === undefined || grant.type === 'credentials') return undefined;
  await validateApplicationLevelSignature(issuer.server, response, throughGuard(around));
  // Solid-OIDC §6.1: `webid`; older servers put it in `sub`.
  const webId = webUrl.safeParse(claims['webid'] ?? claims.sub).data;
  if (webId === undefined || (claims.azp ?? client.id) !== client.id) {
    throw new LoginFailure('token-invalid', { host: hostOf(issuer.url) });
  }
  return webId;
}

const noAnswer: readonly string[] = [RESPONSE_IS_NOT_CONFORM, RESPONSE_IS_NOT_JSON, PARSE_ERROR];

async function failureOf(
  error: unknown,
  { issuer }: TokenRequest,
  around: Surroundings,
): Promise<Error> {
  if (error instanceof LoginFailure) return error;
  const refused = await refusalOf(error, around);
  if (refused !== undefined) return refused;
  const isNoAnswer =
    error instanceof WWWAuthenticateChallengeError ||
    (error instanceof OperationProcessingError && noAnswer.includes(error.code ?? ''));
  return new LoginFailure(isNoAnswer ? 'unreachable' : 'token-invalid', {
    host: hostOf(issuer.url),
    cause: withoutSecrets(error),
  });
}

const refusal = z.object({ error: z.string() });

async function refusalOf(
  thrown: unknown,
  { now }: Surroundings,
): Promise<TokenRefused | undefined> {
  // A refused client comes with a challenge (RFC 6749 §5.2), at which the library reads no further.
  if (thrown instanceof WWWAuthenticateChallengeError) {
    const body: unknown = await thrown.response.json().catch(() => undefined);
    const given = refusal.safeParse(body).data;
    return given && new TokenRefused(given.error);
  }
  if (!(thrown instanceof ResponseBodyError)) return undefined;
  const offsetMs = clockOffsetMs(thrown.response, now);
  const mayHelp =
    isDPoPNonceError(thrown) || (thrown.error === 'invalid_dpop_proof' && offsetMs !== 0);
  return new TokenRefused(thrown.error, mayHelp ? offsetMs : undefined);
}

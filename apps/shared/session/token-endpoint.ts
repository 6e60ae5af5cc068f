import * as oauth from 'oauth4webapi';
import { type DpopKey, proofSigner } from './dpop.ts';
import { type Surroundings, hostOf, webUrl } from './http.ts';
import type { Issuer } from './issuer.ts';
import { LoginFailure } from './login-failure.ts';
import { type OidcClient, partyOf } from './oidc-client.ts';
import { throughGuard } from './protocol.ts';
import { TokenRefused, tokenFailure } from './token-refusal.ts';

/** What the token endpoint answered (RFC 6749 §5.1). */
export interface TokenAnswer {
  readonly accessToken: string;
  /** UTC epoch milliseconds by our clock. */
  readonly accessExpiresMs: number;
  readonly refreshToken?: string;
  /** Of the ID token, where one came; with client credentials the access token has it. */
  readonly webId?: string;
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
  const { issuer, client, key, grant } = request;
  let offsetMs = issuer.clockOffsetMs;
  const issuerNow = (): number => around.now() + offsetMs;
  const options = { ...throughGuard(around), DPoP: await proofSigner(key, issuerNow) };
  const attempt = async (): Promise<TokenAnswer> => {
    try {
      const sent = await exchange(grant, partyOf(issuer, client, issuerNow()), options);
      return answerOf(sent.tokens, await verifiedWebId(request, sent, around), around);
    } catch (error) {
      throw await tokenFailure(error, hostOf(issuer.url), around);
    }
  };
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof TokenRefused) || error.retryOffsetMs === undefined) throw error;
    offsetMs = error.retryOffsetMs;
    return attempt();
  }
}

interface Exchange {
  readonly response: Response;
  readonly tokens: oauth.TokenEndpointResponse;
}

async function exchange(
  grant: TokenGrant,
  party: ReturnType<typeof partyOf>,
  options: ReturnType<typeof throughGuard> & { readonly DPoP: oauth.DPoPHandle },
): Promise<Exchange> {
  const [server, client] = party;
  if (grant.type === 'code') {
    const { returned, redirectUrl, codeVerifier, nonce } = grant;
    const code = [returned, redirectUrl, codeVerifier] as const;
    const response = await oauth.authorizationCodeGrantRequest(...party, ...code, options);
    const expected = { expectedNonce: nonce, requireIdToken: true };
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, expected);
    return { response, tokens };
  }
  if (grant.type === 'refresh') {
    const response = await oauth.refreshTokenGrantRequest(...party, grant.refreshToken, options);
    return { response, tokens: await oauth.processRefreshTokenResponse(server, client, response) };
  }
  const scope = { scope: 'webid' };
  const response = await oauth.clientCredentialsGrantRequest(...party, scope, options);
  const tokens = await oauth.processClientCredentialsResponse(server, client, response);
  return { response, tokens };
}

/** Who the ID token is about, beyond what the library checks: its signature, `azp` and WebID. */
async function verifiedWebId(
  { issuer, client, grant }: TokenRequest,
  { tokens, response }: Exchange,
  around: Surroundings,
): Promise<string | undefined> {
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  if (claims === undefined || grant.type === 'credentials') return undefined;
  await oauth.validateApplicationLevelSignature(issuer.server, response, throughGuard(around));
  // Solid-OIDC §6.1: `webid`; older servers put it in `sub`.
  const webId = webUrl.safeParse(claims['webid'] ?? claims.sub).data;
  if (webId === undefined || (claims.azp ?? client.id) !== client.id) {
    throw new LoginFailure('token-invalid', { host: hostOf(issuer.url) });
  }
  return webId;
}

function answerOf(
  { access_token, expires_in = assumedLifeSeconds, refresh_token }: oauth.TokenEndpointResponse,
  webId: string | undefined,
  { now }: Surroundings,
): TokenAnswer {
  return {
    accessToken: access_token,
    accessExpiresMs: now() + expires_in * 1000,
    ...(refresh_token !== undefined && { refreshToken: refresh_token }),
    ...(webId !== undefined && { webId }),
  };
}

import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { createDpopKey } from './dpop.ts';
import type { Grant } from './grant.ts';
import { type Surroundings, ask, hostOf } from './http.ts';
import { type Issuer, discoverIssuer } from './issuer.ts';
import { LoginFailure } from './login-failure.ts';
import { type OidcClient, oidcClientSchema, scopes } from './oidc-client.ts';
import { withoutSecrets } from './protocol.ts';
import { type TokenAnswer, requestTokens } from './token-endpoint.ts';
import { TokenRefused } from './token-refusal.ts';

/** A login whose user is at the issuer: all that is needed to finish it, also by another process. */
export interface PendingLogin {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly issuer: string;
  readonly client: OidcClient;
  readonly redirectUrl: string;
  readonly startedMs: number;
  /** The WebID that was typed, when it was one: the issuer must return the same. */
  readonly expectedWebId?: string;
}

/** What a stored `PendingLogin` looks like. */
export const pendingLoginSchema = z
  .object({
    state: z.string(),
    nonce: z.string(),
    codeVerifier: z.string(),
    issuer: z.string(),
    client: oidcClientSchema,
    redirectUrl: z.string(),
    startedMs: z.number(),
    expectedWebId: z.string().optional(),
  })
  .transform(({ expectedWebId, ...login }) => ({
    ...login,
    ...(expectedWebId !== undefined && { expectedWebId }),
  }));

/** Community Solid Server waits an hour for its user, others less. */
export const pendingLifeMs = 3_600_000;

/** Prepares an authorization code request with PKCE (RFC 7636), and the address to send the user to. */
export async function beginAuthorization(
  issuer: Issuer,
  client: OidcClient,
  options: { redirectUrl: string; startedMs: number; expectedWebId?: string | undefined },
): Promise<{ readonly url: string; readonly pending: PendingLogin }> {
  const { redirectUrl, startedMs, expectedWebId } = options;
  const codeVerifier = oauth.generateRandomCodeVerifier();
  const pending: PendingLogin = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    codeVerifier,
    issuer: issuer.url,
    client,
    redirectUrl,
    startedMs,
    ...(expectedWebId !== undefined && { expectedWebId }),
  };
  const url = new URL(issuer.server.authorization_endpoint);
  const parameters = {
    response_type: 'code',
    client_id: client.id,
    redirect_uri: redirectUrl,
    scope: scopes,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    // Without it no refresh token is given (OpenID Connect Core §11).
    prompt: 'consent',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { url: url.href, pending };
}

/**
 * Whether the issuer accepts the request, found out before the user is sent there: an issuer that
 * cannot read our Client ID Document, or forgot us, would leave them on an error page of its own.
 */
export async function isAccepted(url: string, around: Surroundings): Promise<boolean> {
  const response = await ask(url, { redirect: 'manual', headers: { accept: 'text/html' } }, around);
  await response.body?.cancel();
  if (response.status >= 400) return false;
  // Errors that are safe to send back to us come as a redirect (RFC 6749 §4.1.2.1).
  const location = response.headers.get('location') ?? '';
  const parameters = URL.canParse(location, url) ? new URL(location, url).searchParams : undefined;
  return !['invalid_client', 'unauthorized_client'].includes(parameters?.get('error') ?? '');
}

/**
 * Turns the parameters that the issuer sent back into a grant.
 * @throws LoginFailure `cancelled`, `issuer-refused`, `login-expired`, `token-invalid`, `unreachable`.
 */
export async function completeAuthorization(
  pending: PendingLogin,
  returned: URLSearchParams,
  around: Surroundings,
): Promise<Grant> {
  const host = hostOf(pending.issuer);
  const issuer = await discoverIssuer(pending.issuer, around);
  const validated = validatedAnswer(issuer, pending, returned);
  if (around.now() - pending.startedMs > pendingLifeMs) throw new LoginFailure('login-expired');
  const key = await createDpopKey();
  const tokens = await redeem({ issuer, pending, key, returned: validated }, around);
  const { webId } = tokens;
  if (webId === undefined) throw new LoginFailure('token-invalid', { host });
  const nowMs = around.now();
  return {
    webId,
    issuer: issuer.url,
    client: pending.client,
    dpopKey: key,
    accessToken: tokens.accessToken,
    accessExpiresMs: tokens.accessExpiresMs,
    renewedMs: nowMs,
    ...(tokens.refreshToken !== undefined && { refreshToken: tokens.refreshToken }),
    ...connectedUntil(issuer, tokens, nowMs),
  };
}

/** Refuses, among others, another issuer's answer to our request: the mix-up attack (RFC 9207). */
function validatedAnswer(
  issuer: Issuer,
  pending: PendingLogin,
  returned: URLSearchParams,
): URLSearchParams {
  try {
    return oauth.validateAuthResponse(
      issuer.server,
      { client_id: pending.client.id },
      returned,
      pending.state,
    );
  } catch (error) {
    const details = { host: hostOf(issuer.url), cause: withoutSecrets(error) };
    if (!(error instanceof oauth.AuthorizationResponseError)) {
      throw new LoginFailure('token-invalid', details);
    }
    const isCancelled = error.error === 'access_denied';
    throw new LoginFailure(isCancelled ? 'cancelled' : 'issuer-refused', details);
  }
}

function connectedUntil(
  issuer: Issuer,
  tokens: { readonly accessExpiresMs: number; readonly refreshToken?: string },
  nowMs: number,
): { connectedUntilMs?: number } {
  if (tokens.refreshToken === undefined) return { connectedUntilMs: tokens.accessExpiresMs };
  if (issuer.consentLastsMs === undefined) return {};
  return { connectedUntilMs: nowMs + issuer.consentLastsMs };
}

async function redeem(
  code: {
    readonly issuer: Issuer;
    readonly pending: PendingLogin;
    readonly key: Grant['dpopKey'];
    readonly returned: URLSearchParams;
  },
  around: Surroundings,
): Promise<TokenAnswer> {
  const { issuer, pending, key, returned } = code;
  const { client, redirectUrl, codeVerifier, nonce } = pending;
  const grant = { type: 'code', returned, redirectUrl, codeVerifier, nonce } as const;
  try {
    return await requestTokens({ issuer, client, key, grant }, around);
  } catch (cause) {
    if (!(cause instanceof TokenRefused)) throw cause;
    throw new LoginFailure(refusals[cause.error] ?? 'issuer-refused', {
      host: hostOf(pending.issuer),
      cause,
    });
  }
}

const refusals: Readonly<Record<string, 'login-expired' | 'clock' | 'client-not-accepted'>> = {
  invalid_grant: 'login-expired',
  invalid_dpop_proof: 'clock',
  invalid_client: 'client-not-accepted',
};

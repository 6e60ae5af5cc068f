import type { Grant } from './grant.ts';
import { type Surroundings, ask } from './http.ts';
import { discoverIssuer } from './issuer.ts';
import { LoginFailure } from './login-failure.ts';
import { authenticateClient } from './oidc-client.ts';

/**
 * Tells the issuer that a grant's refresh token is no longer wanted (RFC 7009). Best effort: an
 * issuer that is away must not keep anybody from logging out.
 */
export async function revokeGrant(grant: Grant, around: Surroundings): Promise<void> {
  const { refreshToken, client } = grant;
  if (refreshToken === undefined) return;
  try {
    const { revocationEndpoint } = await discoverIssuer(grant.issuer, around);
    if (revocationEndpoint === undefined) return;
    const body = new URLSearchParams({ token: refreshToken, token_type_hint: 'refresh_token' });
    const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded' });
    authenticateClient(client, headers, body);
    const init = { method: 'POST', headers, body: body.toString() };
    const response = await ask(revocationEndpoint, init, around);
    await response.body?.cancel();
  } catch (error) {
    if (!(error instanceof LoginFailure)) throw error;
  }
}

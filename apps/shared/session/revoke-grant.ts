import * as oauth from 'oauth4webapi';
import type { Grant } from './grant.ts';
import type { Surroundings } from './http.ts';
import { discoverIssuer } from './issuer.ts';
import { LoginFailure } from './login-failure.ts';
import { partyOf } from './oidc-client.ts';
import { throughGuard } from './protocol.ts';

/**
 * Tells the issuer that a grant's refresh token is no longer wanted (RFC 7009). Best effort: an
 * issuer that is away must not keep anybody from logging out.
 */
export async function revokeGrant(grant: Grant, around: Surroundings): Promise<void> {
  const { refreshToken } = grant;
  if (refreshToken === undefined) return;
  try {
    const issuer = await discoverIssuer(grant.issuer, around);
    if (issuer.server.revocation_endpoint === undefined) return;
    const party = partyOf(issuer, grant.client, around.now() + issuer.clockOffsetMs);
    const response = await oauth.revocationRequest(...party, refreshToken, {
      ...throughGuard(around),
      additionalParameters: { token_type_hint: 'refresh_token' },
    });
    await response.body?.cancel();
  } catch (error) {
    if (!(error instanceof LoginFailure)) throw error;
  }
}

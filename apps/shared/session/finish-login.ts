import { type PendingLogin, completeAuthorization } from './authorization.ts';
import type { Grant } from './grant.ts';
import { type Surroundings, hostOf } from './http.ts';
import { sameIssuer } from './issuer.ts';
import { LoginFailure } from './login-failure.ts';
import { readProfile } from './profile.ts';

/** A grant together with whom it stands for, as their profile says. */
export interface ConfirmedLogin {
  readonly grant: Grant;
  readonly name?: string;
  readonly storages: readonly string[];
}

/** {@link completeAuthorization}, then {@link confirmGrant}. */
export async function finishLogin(
  pending: PendingLogin,
  returned: URLSearchParams,
  around: Surroundings,
): Promise<ConfirmedLogin> {
  const grant = await completeAuthorization(pending, returned, around);
  if (pending.expectedWebId !== undefined && pending.expectedWebId !== grant.webId) {
    throw new LoginFailure('other-person', { host: hostOf(grant.issuer) });
  }
  return confirmGrant(grant, around);
}

/**
 * Believes the issuer only where the WebID's own profile names it (Solid-OIDC §7): any issuer can
 * sign a token for any WebID.
 * @throws LoginFailure `webid-not-confirmed`, `no-storage`, `not-a-webid`, `unreachable`.
 */
export async function confirmGrant(grant: Grant, around: Surroundings): Promise<ConfirmedLogin> {
  const profile = await readProfile(grant.webId, around);
  if (!profile.issuers.some((issuer) => sameIssuer(issuer, grant.issuer))) {
    throw new LoginFailure('webid-not-confirmed', { host: hostOf(grant.issuer) });
  }
  const { name, storages } = profile;
  if (storages.length === 0) throw new LoginFailure('no-storage', { host: hostOf(grant.webId) });
  return { grant, ...(name !== undefined && { name }), storages };
}

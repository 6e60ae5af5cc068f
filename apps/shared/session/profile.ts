import { PodError, discoverPerson } from '../../../adapters/index.ts';
import { type Surroundings, hostOf, isRefusal, webUrl } from './http.ts';
import { LoginFailure, type LoginFailureCode } from './login-failure.ts';

/** What a login needs from a person's WebID profile. */
export interface Profile {
  readonly webId: string;
  readonly name?: string;
  /** Who may vouch for this WebID (`solid:oidcIssuer`). */
  readonly issuers: readonly string[];
  /** Roots of the person's pods, each with its final slash, in the profile's order. */
  readonly storages: readonly string[];
}

/** Far more than anybody has, few enough to ask each. */
const maxValues = 20;
const maxNameLength = 100;

/**
 * Reads a WebID's profile, as a stranger.
 * @throws LoginFailure `not-a-webid`, `unreachable`, `not-allowed`.
 */
export async function readProfile(webId: string, around: Surroundings): Promise<Profile> {
  let refused = false;
  const watched: typeof fetch = async (input, init) => {
    try {
      return await around.fetch(input, init);
    } catch (error) {
      refused ||= isRefusal(error);
      throw error;
    }
  };
  const found = await discoverPerson(webId, { fetch: watched }).catch((cause: unknown) => {
    if (!PodError.is(cause)) throw cause;
    throw new LoginFailure(refused ? 'not-allowed' : codeOf(cause), { host: hostOf(webId), cause });
  });
  const name = found.name?.trim().slice(0, maxNameLength);
  return {
    webId,
    ...(name && { name }),
    issuers: webUrls(found.issuers),
    storages: webUrls(found.storages),
  };
}

function webUrls(urls: readonly string[]): readonly string[] {
  return urls.filter((url) => webUrl.safeParse(url).success).slice(0, maxValues);
}

function codeOf({ code }: PodError): LoginFailureCode {
  return code === 'POD_UNAVAILABLE' ? 'unreachable' : 'not-a-webid';
}

import { PodError } from '../contract/index.ts';
import { linksOf } from './links.ts';
import { send } from './send.ts';
import { PIM, SOLID } from './terms.ts';

/** What the root of a storage says about the software behind it, without any login. */
export interface HostFacts {
  /** Ends in a slash. */
  readonly storageUrl: string;
  readonly isStorage: boolean;
  readonly poweredBy: string | undefined;
  readonly server: string | undefined;
  readonly aclUrl: string | undefined;
  readonly descriptionUrl: string | undefined;
  /** Relations of all links, as the hosts' own ones tell them apart. */
  readonly links: ReturnType<typeof linksOf>;
}

/**
 * Asks the root of a storage for its headers. A private storage answers 401 or 403 and says the same.
 * @throws PodError `POD_NOT_FOUND` when nothing is there.
 */
export async function hostFacts(
  storageUrl: string,
  request: typeof fetch,
  signal?: AbortSignal,
): Promise<HostFacts> {
  const response = await send(request, storageUrl, {
    method: 'HEAD',
    signal,
    accepted: [401, 403],
  });
  const links = linksOf(response, storageUrl);
  return {
    storageUrl,
    isStorage: links.all('type').includes(PIM.Storage),
    poweredBy: response.headers.get('x-powered-by') ?? undefined,
    server: response.headers.get('server') ?? undefined,
    aclUrl: links.first('acl'),
    descriptionUrl: links.first(SOLID.storageDescription),
    links,
  };
}

/** The refusal of a host that no adapter knows, with what was found there. */
export function unknownHost(facts: HostFacts): PodError {
  const signs = [
    facts.poweredBy && `powered by "${plain(facts.poweredBy)}"`,
    facts.server && `server "${plain(facts.server)}"`,
    facts.isStorage ? 'a Solid storage' : 'no Solid storage',
    facts.aclUrl === undefined ? 'no access rules named' : 'access rules named',
  ].filter(Boolean);
  return new PodError(
    'POD_UNSUPPORTED',
    `This pod runs on a server that is not supported yet (found: ${signs.join(', ')})`,
    { url: facts.storageUrl },
  );
}

/** A foreign header value, fit for a message. */
function plain(value: string): string {
  return value.replaceAll(/[^\x20-\x7e]|"/g, '').slice(0, 60);
}

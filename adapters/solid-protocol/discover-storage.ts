import { PodError } from '../contract/index.ts';
import { linksOf } from './links.ts';
import { send } from './send.ts';
import { PIM, SOLID } from './terms.ts';

/** A storage and what its root says about itself. */
export interface DiscoveredStorage {
  /** Of the root container; ends in a slash. */
  readonly url: string;
  /** The document that names the notification channels, where the host has one. */
  readonly descriptionUrl?: string;
}

/** How discovery reaches documents. */
export interface DiscoveryOptions {
  /** The guarded fetch, or one that uses it for addresses that are not the session's own. */
  readonly fetch: typeof fetch;
  readonly signal?: AbortSignal;
}

// Longer paths are legal, but no storage root lies that deep.
const maxLevels = 32;

/**
 * Finds the storage that a resource lies in, by walking up until a container says that it is one
 * (Solid Protocol §4.1). A container that cannot be read may still say so.
 * @throws PodError `POD_NOT_FOUND` when no container up to the host's root does.
 */
export async function discoverStorage(
  resourceUrl: string,
  options: DiscoveryOptions,
): Promise<DiscoveredStorage> {
  for (const container of containersUp(resourceUrl)) {
    const response = await send(options.fetch, container, {
      method: 'HEAD',
      signal: options.signal,
      accepted: [401, 403, 404, 405, 410],
    });
    const links = linksOf(response, container);
    if (links.all('type').includes(PIM.Storage)) {
      const descriptionUrl = links.first(SOLID.storageDescription);
      return { url: container, ...(descriptionUrl !== undefined && { descriptionUrl }) };
    }
  }
  throw new PodError('POD_NOT_FOUND', 'No storage was found at or above this address', {
    url: resourceUrl,
  });
}

function containersUp(resourceUrl: string): readonly string[] {
  const { origin, pathname } = new URL(resourceUrl);
  const names = pathname.split('/').slice(1, -1).slice(0, maxLevels);
  return Array.from(
    { length: names.length + 1 },
    (_, level) =>
      `${origin}/${names
        .slice(0, names.length - level)
        .map((n) => `${n}/`)
        .join('')}`,
  );
}

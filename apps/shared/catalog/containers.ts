import { PodError, type CallOptions } from '../../../adapters/contract/index.ts';
import { wellnessContainer } from './layout.ts';
import {
  addRegistrations,
  ensureIndex,
  ensureProfileIndex,
  indexUrls,
  readRegistrations,
  storageIndexUrl,
  type CatalogPod,
} from './type-index.ts';
import { layoutRegistrations, type Registration } from './wellness-classes.ts';

/** What registering did. */
export interface Registering {
  /** True when an index was written. */
  readonly changed: boolean;
  /** In plain words, what could not be done as it should. */
  readonly warnings: readonly string[];
}

/**
 * Registers containers in the owner's private type index, made and linked from the profile where
 * there is none; and in the storage's own index where the owner's lies in another storage or the
 * profile can't be changed. Does nothing for a store without WebID.
 * @throws PodError.
 */
export async function registerContainers(
  where: CatalogPod,
  registrations: readonly Registration[],
  options: CallOptions = {},
): Promise<Registering> {
  const { webId } = where;
  if (webId === undefined) return { changed: false, warnings: [] };
  const profile = await ensureProfileIndex({ ...where, webId }, options);
  const warnings = profile.warning === undefined ? [] : [profile.warning];
  let changed = false;
  if (profile.indexUrl !== undefined) {
    const added = await addIfAllowed(where, profile.indexUrl, { registrations, options });
    if (added === undefined) warnings.push(indexWarning);
    changed = added === true;
  }
  const own = storageIndexUrl(where.storageUrl);
  if (profile.indexUrl?.startsWith(where.storageUrl) !== true) {
    await ensureIndex(where, own, options);
    changed = (await addRegistrations(where, own, registrations, options)) || changed;
  }
  return { changed, warnings };
}

const indexWarning =
  'The type index that your profile names could not be changed from here. Your data was ' +
  'registered in settings/privateTypeIndex.ttl of its own storage; other apps may not look there.';

/** Undefined where the index is not ours to change. */
async function addIfAllowed(
  where: CatalogPod,
  indexUrl: string,
  { registrations, options }: { registrations: readonly Registration[]; options: CallOptions },
): Promise<boolean | undefined> {
  try {
    return await addRegistrations(where, indexUrl, registrations, options);
  } catch (error) {
    const isRefusal =
      PodError.is(error) &&
      (error.code === 'POD_FORBIDDEN' ||
        error.code === 'POD_UNAUTHENTICATED' ||
        error.code === 'POD_INVALID');
    // Inside the storage itself there is nowhere else to go.
    if (isRefusal && !indexUrl.startsWith(where.storageUrl)) return undefined;
    throw error;
  }
}

/**
 * The containers of a storage by the class of what lies in them (IRIs), as its type indexes say.
 * A store without WebID has none: there the layout itself counts, for containers that exist.
 * @throws PodError when the pod cannot be reached.
 */
export async function findContainers(
  where: CatalogPod,
  options: CallOptions = {},
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { webId, storageUrl } = where;
  const registrations =
    webId === undefined
      ? await existingLayout(where, options)
      : await registrationsOf({ ...where, webId }, options);
  const containers = new Map<string, string[]>();
  for (const { forClass, container } of registrations) {
    if (!container.startsWith(storageUrl)) continue;
    const known = containers.get(forClass) ?? [];
    if (!known.includes(container)) containers.set(forClass, [...known, container]);
  }
  return containers;
}

async function registrationsOf(
  where: CatalogPod & { readonly webId: string },
  options: CallOptions,
): Promise<readonly Registration[]> {
  const found: Registration[] = [];
  for (const url of await indexUrls(where, options)) {
    found.push(...(await readRegistrations(where, url, options)));
  }
  return found;
}

async function existingLayout(
  { pod, storageUrl }: CatalogPod,
  options: CallOptions,
): Promise<readonly Registration[]> {
  const existing = new Set<string>();
  try {
    for await (const entry of pod.list(wellnessContainer(storageUrl), options)) {
      existing.add(entry.url);
    }
  } catch (error) {
    if (!PodError.is(error) || error.code !== 'POD_NOT_FOUND') throw error;
  }
  return layoutRegistrations(storageUrl).filter(({ container }) => existing.has(container));
}

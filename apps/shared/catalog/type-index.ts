import type { Quad } from '@rdfjs/types';
import { DataFactory, type Store } from 'n3';
import { PodError, type CallOptions, type PodAdapter } from '../../../adapters/contract/index.ts';
import { reservePrivately } from './private-place.ts';
import { addStatements, isClosedOrAbsent, readIfAllowed } from './rdf-document.ts';
import type { Registration } from './wellness-classes.ts';

const { namedNode, quad } = DataFactory;
const solid = (name: string) => namedNode(`http://www.w3.org/ns/solid/terms#${name}`);
const space = (name: string) => namedNode(`http://www.w3.org/ns/pim/space#${name}`);
const rdfType = namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#type');

/** A storage, and how to get at its owner's profile. */
export interface CatalogPod {
  readonly pod: PodAdapter;
  readonly storageUrl: string;
  /** Absent for a store that is nobody's: a file's, in memory. */
  readonly webId?: string;
  /** Reaches the profile and what it links, where `pod` does not; `pod` when absent. */
  readonly profilePod?: PodAdapter;
}

/**
 * The type index that a storage has of its own. It is used where the WebID's index lies in another
 * storage, so that whoever reaches this storage alone finds what is in it, and where the profile
 * can't be changed.
 */
export function storageIndexUrl(storageUrl: string): string {
  return settingsUrl(storageUrl, 'privateTypeIndex.ttl');
}

function settingsUrl(storageUrl: string, name: string): string {
  return new URL(`settings/${name}`, storageUrl.endsWith('/') ? storageUrl : `${storageUrl}/`).href;
}

/** The adapter that reaches a URL: the storage's own for what lies in it, else the profile's. */
export function adapterFor({ pod, storageUrl, profilePod }: CatalogPod, url: string): PodAdapter {
  return url.startsWith(storageUrl) ? pod : (profilePod ?? pod);
}

/** What a profile leads to; each absent where the profile does not say or may not be read. */
interface ProfileLinks {
  readonly profileUrl: string;
  readonly isReadable: boolean;
  readonly preferencesUrl?: string;
  readonly indexUrl?: string;
}

/** Follows a WebID to its preferences file and private type index.
 *  See https://solid.github.io/type-indexes/ and the Solid WebID profile specification. */
async function profileLinks(
  where: CatalogPod & { readonly webId: string },
  options: CallOptions,
): Promise<ProfileLinks> {
  const { webId } = where;
  const profileUrl = documentOf(webId);
  const profile = await readIfAllowed(adapterFor(where, profileUrl), profileUrl, options);
  if (profile === undefined) return { profileUrl, isReadable: false };
  const preferencesUrl = linkOf(profile.store, webId, space('preferencesFile').value);
  const fromProfile = linkOf(profile.store, webId, solid('privateTypeIndex').value);
  const preferences =
    preferencesUrl === undefined || fromProfile !== undefined
      ? undefined
      : await readIfAllowed(adapterFor(where, preferencesUrl), preferencesUrl, options);
  const indexUrl =
    fromProfile ??
    (preferences && linkOf(preferences.store, webId, solid('privateTypeIndex').value));
  return {
    profileUrl,
    isReadable: true,
    ...(preferencesUrl === undefined ? {} : { preferencesUrl }),
    ...(indexUrl === undefined ? {} : { indexUrl }),
  };
}

function documentOf(iri: string): string {
  return iri.split('#', 1)[0] ?? iri;
}

/** The smallest by IRI, so that two programs that both added one go on with the same. */
function linkOf(store: Store, subject: string, predicate: string): string | undefined {
  return store
    .getObjects(namedNode(subject), namedNode(predicate), null)
    .filter((term) => term.termType === 'NamedNode')
    .map((term) => documentOf(term.value))
    .toSorted()[0];
}

/** The type indexes that may tell of a storage: the WebID's, then the storage's own. */
export async function indexUrls(
  where: CatalogPod & { readonly webId: string },
  options: CallOptions = {},
): Promise<readonly string[]> {
  const { indexUrl } = await profileLinks(where, options);
  const own = storageIndexUrl(where.storageUrl);
  return indexUrl === undefined || indexUrl === own ? [own] : [indexUrl, own];
}

/** Where registrations went, and in plain words what could not be done. */
export interface Indexing {
  readonly indexUrl?: string;
  readonly warning?: string;
}

/**
 * The WebID's private type index, made and linked where the profile has none.
 * Without `indexUrl` the profile cannot be changed by us; `warning` then says so.
 */
export async function ensureProfileIndex(
  where: CatalogPod & { readonly webId: string },
  options: CallOptions = {},
): Promise<Indexing> {
  try {
    const links = await profileLinks(where, options);
    if (links.indexUrl !== undefined) return { indexUrl: links.indexUrl };
    if (!links.isReadable) return { warning: profileWarning };
    return { indexUrl: await linkNewIndex(where, links, options) };
  } catch (error) {
    if (PodError.is(error) && (isClosedOrAbsent(error) || error.code === 'POD_UNSUPPORTED')) {
      return { warning: profileWarning };
    }
    throw error;
  }
}

const profileWarning =
  'Your profile could not be changed from here (it may be hosted elsewhere). Your data was ' +
  'registered in settings/privateTypeIndex.ttl of its own storage; other apps may not look there.';

async function linkNewIndex(
  where: CatalogPod & { readonly webId: string },
  { profileUrl, preferencesUrl }: ProfileLinks,
  options: CallOptions,
): Promise<string> {
  const { webId, storageUrl } = where;
  const person = namedNode(webId);
  const indexUrl = storageIndexUrl(storageUrl);
  const usedPreferencesUrl = preferencesUrl ?? settingsUrl(storageUrl, 'prefs.ttl');
  // From the inside out: nothing is linked before it is there.
  await ensureIndex(where, indexUrl, options);
  await createPrivately(where, usedPreferencesUrl, options, [
    quad(namedNode(usedPreferencesUrl), rdfType, space('ConfigurationFile')),
    quad(person, solid('privateTypeIndex'), namedNode(indexUrl)),
  ]);
  if (preferencesUrl === undefined) {
    await addStatements(
      adapterFor(where, profileUrl),
      profileUrl,
      [quad(person, space('preferencesFile'), namedNode(usedPreferencesUrl))],
      options,
    );
  }
  return indexUrl;
}

/** Makes an empty private type index where there is none. */
export async function ensureIndex(
  where: CatalogPod,
  indexUrl: string,
  options: CallOptions = {},
): Promise<void> {
  await createPrivately(where, indexUrl, options, [
    quad(namedNode(indexUrl), rdfType, solid('TypeIndex')),
    quad(namedNode(indexUrl), rdfType, solid('UnlistedDocument')),
  ]);
}

// oxlint-disable-next-line max-params -- the statements read best last
async function createPrivately(
  where: CatalogPod,
  url: string,
  options: CallOptions,
  statements: readonly Quad[],
): Promise<void> {
  const pod = adapterFor(where, url);
  const owner = where.webId === undefined ? {} : { owner: where.webId };
  await reservePrivately(pod, url, { ...options, ...owner });
  await addStatements(pod, url, statements, options);
}

/** Adds what an index does not say yet; resolves to false when it said all of it. A profile may
 *  name an index that is not there: it is made first, for the owner alone. */
export async function addRegistrations(
  where: CatalogPod,
  indexUrl: string,
  registrations: readonly Registration[],
  options: CallOptions = {},
): Promise<boolean> {
  const index = await readIfAllowed(adapterFor(where, indexUrl), indexUrl, options);
  const known = index === undefined ? [] : registrationsIn(index.store);
  const missing = registrations.filter(
    ({ forClass, container }) =>
      !known.some((other) => other.forClass === forClass && other.container === container),
  );
  if (missing.length === 0) return false;
  if (index === undefined) await ensureIndex(where, indexUrl, options);
  return addStatements(
    adapterFor(where, indexUrl),
    indexUrl,
    missing.flatMap(({ forClass, container }) => {
      // Named after what it says: two programs that register the same write the same.
      const name = forClass.slice(
        Math.max(forClass.lastIndexOf('#'), forClass.lastIndexOf('/')) + 1,
      );
      const node = namedNode(`${indexUrl}#${name}-${shortHash(container)}`);
      return [
        quad(node, rdfType, solid('TypeRegistration')),
        quad(node, solid('forClass'), namedNode(forClass)),
        quad(node, solid('instanceContainer'), namedNode(container)),
      ];
    }),
    options,
  );
}

/** FNV-1a: keeps names of registrations in different storages apart. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(36);
}

/** The container registrations of an index, other apps' too; none where it may not be read. */
export async function readRegistrations(
  where: CatalogPod,
  indexUrl: string,
  options: CallOptions = {},
): Promise<readonly Registration[]> {
  const index = await readIfAllowed(adapterFor(where, indexUrl), indexUrl, options);
  return index === undefined ? [] : registrationsIn(index.store);
}

function registrationsIn(store: Store): readonly Registration[] {
  return store
    .getQuads(null, solid('forClass'), null, null)
    .flatMap(({ subject, object }) =>
      store
        .getObjects(subject, solid('instanceContainer'), null)
        .map((container) => ({ forClass: object.value, container: container.value })),
    );
}

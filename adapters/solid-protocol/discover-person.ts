import type { Quad } from '@rdfjs/types';
import {
  type Thing,
  fromRdfJsDataset,
  getStringNoLocale,
  getStringWithLocale,
  getTermAll,
  getThing,
  getUrl,
  getUrlAll,
} from '@inrupt/solid-client';
import { Store } from 'n3';
import { PodError } from '../contract/index.ts';
import { type DiscoveryOptions, discoverStorage } from './discover-storage.ts';
import { parseRdf } from './parse-rdf.ts';
import { send } from './send.ts';
import { FOAF, PIM, RDFS, SOLID, VCARD } from './terms.ts';

/** What a WebID profile says that this project needs. */
export interface DiscoveredPerson {
  readonly webId: string;
  readonly name?: string;
  /** Identity providers that the person trusts to speak for the WebID, in the profile's order. */
  readonly issuers: readonly string[];
  /** Root containers of the person's storages; each ends in a slash. */
  readonly storages: readonly string[];
  readonly preferencesFile?: string;
  readonly publicTypeIndex?: string;
  readonly privateTypeIndex?: string;
}

// Turtle first; the rest for hosts that serve profiles as a page or in older forms.
const profileTypes =
  'text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.7, application/xhtml+xml;q=0.5, text/html;q=0.5, */*;q=0.1';

const maxFurtherDocuments = 5;

/**
 * Reads a WebID profile with the documents that it says belong to it, in any RDF syntax.
 *
 * Issuers come from the WebID document alone, and storages from it and the preferences file: what a
 * profile merely points to may be writable by others, who would name an issuer to log in as the
 * person, or a storage to be sent their token. A further document that cannot be read is left out.
 * @throws PodError `POD_INVALID` when the WebID or its document is malformed, `POD_NOT_FOUND` when
 * the document is not there or does not mention the WebID.
 */
export async function discoverPerson(
  webId: string,
  options: DiscoveryOptions,
): Promise<DiscoveredPerson> {
  if (!URL.canParse(webId)) throw new PodError('POD_INVALID', 'The WebID is not a web address');
  const quads = await readRdf(webId, options);
  const profile = thingOf(quads, webId);
  if (profile === undefined) {
    throw new PodError('POD_NOT_FOUND', 'The document does not describe this WebID', {
      url: webId,
    });
  }
  const preferences = await readAll(getUrlAll(profile, PIM.preferencesFile), options);
  // The preferences file is the person's own; what they merely point to may be anybody's.
  const own = thingOf([...quads, ...preferences], webId) ?? profile;
  const others = await readAll(getUrlAll(profile, RDFS.seeAlso), options);
  const person = thingOf([...quads, ...preferences, ...others], webId) ?? own;

  const name = nameOf(person);
  const preferencesFile = getUrl(profile, PIM.preferencesFile);
  const publicTypeIndex = getUrl(person, SOLID.publicTypeIndex);
  const privateTypeIndex = getUrl(own, SOLID.privateTypeIndex);
  return {
    webId,
    issuers: unique(getUrlAll(profile, SOLID.oidcIssuer)),
    storages: await storagesOf(own, webId, options),
    ...(name !== undefined && { name }),
    ...(preferencesFile !== null && { preferencesFile }),
    ...(publicTypeIndex !== null && { publicTypeIndex }),
    ...(privateTypeIndex !== null && { privateTypeIndex }),
  };
}

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];

function thingOf(quads: readonly Quad[], webId: string): Thing | undefined {
  return getThing(fromRdfJsDataset(new Store([...quads])), webId) ?? undefined;
}

function nameOf(person: Thing): string | undefined {
  for (const property of [FOAF.name, VCARD.fn]) {
    const name =
      getStringNoLocale(person, property) ??
      getStringWithLocale(person, property, 'en') ??
      getTermAll(person, property).find(({ termType }) => termType === 'Literal')?.value;
    if (name !== undefined && name.trim() !== '') return name.trim();
  }
  return undefined;
}

/** The quads of a profile's further documents; they may be private, gone or no RDF. */
async function readAll(
  urls: readonly string[],
  options: DiscoveryOptions,
): Promise<readonly Quad[]> {
  const found = await Promise.all(
    unique(urls)
      .slice(0, maxFurtherDocuments)
      .map((url) => readRdf(url, options).catch(ignoreUnreadable(options))),
  );
  return found.flat();
}

function ignoreUnreadable({ signal }: DiscoveryOptions): (error: unknown) => readonly Quad[] {
  return (error) => {
    if (signal?.aborted === true || !PodError.is(error)) throw error;
    return [];
  };
}

async function storagesOf(
  person: Thing,
  webId: string,
  options: DiscoveryOptions,
): Promise<readonly string[]> {
  const stated = unique(
    getUrlAll(person, PIM.storage).map((url) => (url.endsWith('/') ? url : `${url}/`)),
  );
  if (stated.length > 0) return stated;
  // Community Solid Server leaves `pim:storage` out unless a pod was made with "link storage".
  try {
    return [(await discoverStorage(webId, options)).url];
  } catch (error) {
    if (PodError.is(error) && error.code === 'POD_NOT_FOUND') return [];
    throw error;
  }
}

async function readRdf(url: string, { fetch, signal }: DiscoveryOptions): Promise<readonly Quad[]> {
  const documentUrl = url.replace(/#.*$/s, '');
  const response = await send(fetch, documentUrl, { headers: { accept: profileTypes }, signal });
  return parseRdf({
    // A WebID may lead elsewhere by redirect; relative IRIs are about the final document.
    url: response.url === '' ? documentUrl : response.url,
    contentType: response.headers.get('content-type') ?? '',
    body: response.body ?? new Blob([]).stream(),
  });
}

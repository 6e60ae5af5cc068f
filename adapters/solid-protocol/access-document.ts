import type { Quad } from '@rdfjs/types';
import {
  type AccessPolicy,
  type AccessRule,
  type CallOptions,
  PodError,
} from '../contract/index.ts';
import { linksOf } from './links.ts';
import { parseRdf } from './parse-rdf.ts';
import { put } from './resource-operations.ts';
import { send } from './send.ts';

/** How access documents are reached. */
export interface AccessOptions {
  readonly request: typeof fetch;
  /** Root of the storage: inheritance is followed up to here, as owners cannot look above it. */
  readonly storageUrl: string;
  /** The agent that `request` acts as. */
  readonly webId?: string;
}

/** The `.acl` or `.acr` of a resource. */
export interface AccessDocument {
  readonly url: string;
  /** Absent where the resource has no rules of its own. */
  readonly quads?: readonly Quad[];
  readonly etag?: string;
}

/** What one access document says about its own resource, and gives to members. */
export interface DocumentRules {
  readonly rules: readonly AccessRule[];
  readonly lossless: boolean;
}

/**
 * Finds and reads the access document of a resource, there or not.
 * @throws PodError `POD_UNSUPPORTED` when the host does not name one, `POD_FORBIDDEN` when the agent has no
 * control.
 */
export async function readAccessDocument(
  resourceUrl: string,
  { request }: AccessOptions,
  { signal }: CallOptions = {},
): Promise<AccessDocument> {
  const head = await send(request, resourceUrl, {
    method: 'HEAD',
    signal,
    accepted: [401, 403, 404],
  });
  const url = linksOf(head, resourceUrl).first('acl');
  if (url === undefined) {
    throw new PodError('POD_UNSUPPORTED', 'The pod does not say where its access rules are', {
      url: resourceUrl,
    });
  }
  const response = await send(request, url, {
    headers: { accept: 'text/turtle' },
    signal,
    accepted: [404],
  });
  if (response.status === 404) {
    await response.body?.cancel();
    return { url };
  }
  const etag = response.headers.get('etag');
  const quads = await parseRdf({
    url,
    contentType: response.headers.get('content-type') ?? '',
    body: response.body ?? new Blob([]).stream(),
  });
  return { url, quads, ...(etag !== null && { etag }) };
}

/** Replaces an access document as a whole, unless somebody changed it since it was read. */
export async function writeAccessDocument(
  { request }: AccessOptions,
  document: AccessDocument,
  change: {
    readonly turtle: string;
    readonly wanted: AccessPolicy;
    readonly signal: AbortSignal | undefined;
  },
): Promise<void> {
  const ifMatch = change.wanted.etag ?? document.etag;
  await put(request, document.url, {
    body: { bytes: new TextEncoder().encode(change.turtle), contentType: 'text/turtle' },
    ...(document.quads === undefined ? { ifAbsent: true } : ifMatch !== undefined && { ifMatch }),
    ...(change.signal && { signal: change.signal }),
  });
}

/** The containers that a resource inherits from, nearest first, up to the root of the storage. */
export function ancestors(resourceUrl: string, storageUrl: string): readonly string[] {
  const found: string[] = [];
  let url = resourceUrl;
  while (url !== storageUrl && url.startsWith(storageUrl)) {
    url = url.replace(/[^/]*\/?$/, '');
    found.push(url);
  }
  return found;
}

/** The rules were written, so they must be there: some hosts answer 2xx and grant nothing. */
export function checkWritten(url: string, wanted: AccessPolicy, found: boolean): void {
  if (found) return;
  throw new PodError(
    'POD_UNSUPPORTED',
    `The pod took the access rules but does not keep them (${wanted.rules.length} rules)`,
    { url },
  );
}

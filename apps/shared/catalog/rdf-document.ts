import type { Quad } from '@rdfjs/types';
import { Store, Writer } from 'n3';
import { PodError, type CallOptions, type PodAdapter } from '../../../adapters/contract/index.ts';

/** An RDF document as it was read. */
export interface RdfDocument {
  readonly store: Store;
  readonly etag?: string;
}

/** How often a document is read whose answer breaks off on its way. */
const maxReads = 3;

/** How often a write that another program came before is tried again. */
const maxAttempts = 6;

/** @throws PodError, also `POD_NOT_FOUND`. */
export async function readDocument(
  pod: PodAdapter,
  url: string,
  options?: CallOptions,
): Promise<RdfDocument> {
  for (let attempt = 1; ; attempt += 1) {
    const { quads, etag } = await pod.read(url, options);
    try {
      const store = new Store();
      for await (const quad of quads()) store.addQuad(quad);
      return etag === undefined ? { store } : { store, etag };
    } catch (error) {
      const isBroken = PodError.is(error) && error.code === 'POD_UNAVAILABLE';
      if (!isBroken || attempt === maxReads || options?.signal?.aborted === true) throw error;
    }
  }
}

/** The document, or undefined where there is none or it is not for us to read. */
export async function readIfAllowed(
  pod: PodAdapter,
  url: string,
  options?: CallOptions,
): Promise<RdfDocument | undefined> {
  try {
    return await readDocument(pod, url, options);
  } catch (error) {
    if (PodError.is(error) && isClosedOrAbsent(error)) return undefined;
    throw error;
  }
}

/** True for a document that is absent, closed to us, or no RDF: another way has to be taken. */
export function isClosedOrAbsent({ code }: PodError): boolean {
  return (
    code === 'POD_NOT_FOUND' ||
    code === 'POD_FORBIDDEN' ||
    code === 'POD_UNAUTHENTICATED' ||
    code === 'POD_INVALID'
  );
}

/**
 * Adds statements to a document, creating it when it is not there, and keeps everything else in
 * it: written only over the version that was read, and merged anew when another program was faster.
 * Resolves to false when all of them were there already.
 * @throws PodError, `POD_PRECONDITION_FAILED` when others kept being faster.
 */
export async function addStatements(
  pod: PodAdapter,
  url: string,
  statements: readonly Quad[],
  options: CallOptions = {},
): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const document = await readSteadily(pod, url, options);
    const missing = statements.filter((statement) => document?.store.has(statement) !== true);
    if (missing.length === 0) return false;
    const quads = [...(document?.store ?? []), ...missing];
    try {
      await pod.write(
        url,
        { bytes: new TextEncoder().encode(turtle(quads)), contentType: 'text/turtle' },
        { ...options, ...condition(pod, document) },
      );
      return true;
    } catch (error) {
      const isLost = PodError.is(error) && error.code === 'POD_PRECONDITION_FAILED';
      if (!isLost || attempt === maxAttempts) throw error;
    }
  }
}

/** What the pod answers twice: no digest tells of an RDF document whether an answer is whole. */
async function readSteadily(
  pod: PodAdapter,
  url: string,
  options: CallOptions,
): Promise<RdfDocument | undefined> {
  let before = await readOrUndefined(pod, url, options);
  for (let read = 2; before !== undefined && read <= maxReads + 1; read += 1) {
    const now = await readOrUndefined(pod, url, options);
    if (now !== undefined && sameStatements(before, now)) return now;
    before = now;
  }
  if (before === undefined) return undefined;
  throw new PodError('POD_UNAVAILABLE', 'The pod gives another document at each reading', { url });
}

/** Blank nodes have other names at each reading, and are only counted. */
function sameStatements({ store: a }: RdfDocument, { store: b }: RdfDocument): boolean {
  const isNamed = ({ subject, object }: Quad): boolean =>
    subject.termType !== 'BlankNode' && object.termType !== 'BlankNode';
  return a.size === b.size && [...a].every((each) => !isNamed(each) || b.has(each));
}

async function readOrUndefined(
  pod: PodAdapter,
  url: string,
  options: CallOptions,
): Promise<RdfDocument | undefined> {
  try {
    return await readDocument(pod, url, options);
  } catch (error) {
    if (PodError.is(error) && error.code === 'POD_NOT_FOUND') return undefined;
    throw error;
  }
}

/** The strictest condition that the host can honour: NSS has no usable ETag. */
function condition(
  pod: PodAdapter,
  document: RdfDocument | undefined,
): { readonly ifMatch?: string; readonly ifAbsent?: boolean } {
  if (document === undefined) return pod.capabilities.writeIfAbsent ? { ifAbsent: true } : {};
  const canMatch = pod.capabilities.writeIfMatch && document.etag !== undefined;
  return canMatch ? { ifMatch: document.etag } : {};
}

function turtle(quads: readonly Quad[]): string {
  const writer = new Writer({
    prefixes: {
      solid: 'http://www.w3.org/ns/solid/terms#',
      space: 'http://www.w3.org/ns/pim/space#',
      foaf: 'http://xmlns.com/foaf/0.1/',
      well: 'https://w3id.org/wellpod/wellness#',
    },
  });
  let text = '';
  writer.addQuads([...quads]);
  writer.end((error, result: string) => {
    if (error instanceof Error) throw error;
    text = result;
  });
  return text;
}

import type { Quad } from '@rdfjs/types';
import { Parser } from 'n3';
import { PodError, type Representation } from '../../../adapters/contract/index.ts';
import {
  decodeSeries,
  expand,
  WELL,
  RDF_TYPE,
  readDocument as readDocumentTriples,
} from '../../../vocab/index.ts';
import type { DocumentCache, DocumentContent } from './document-cache.ts';
import { reasonOf, type FoundDocument } from './document-finder.ts';
import type { Requesting } from './pod-requests.ts';
import type { AnsweringDocument, MissingSource } from './query-types.ts';
import { quadToPlain, type PlainQuad, type PlainTerm } from './term-codec.ts';

/** A document that was read. */
export interface LoadedDocument extends DocumentContent {
  readonly found: FoundDocument;
  readonly fromCache: boolean;
}

/** Reads documents, each once per query, with each pod's own adapter. */
export interface DocumentLoader {
  /** The documents that could be read; the others are in `missing`. */
  load(found: readonly FoundDocument[]): Promise<readonly LoadedDocument[]>;
  readonly missing: MissingSource[];
}

/** What reading takes during one query. */
export interface Reading extends Requesting {
  readonly cache: DocumentCache;
}

const maxDocumentBytes = 16 * 2 ** 20;

export function documentLoader({ cache, requests, signal }: Reading): DocumentLoader {
  const missing: MissingSource[] = [];
  const loading = new Map<string, Promise<LoadedDocument | undefined>>();

  const read = async (found: FoundDocument): Promise<LoadedDocument | undefined> => {
    try {
      const content = await requests({ pod: found.pod.pod, key: `read ${found.url}`, signal }, () =>
        readDocument(found, cache, signal),
      );
      return { ...content, found };
    } catch (error) {
      // Deleted since it was listed: it holds nothing that could be missing.
      if (PodError.is(error) && error.code === 'POD_NOT_FOUND') return undefined;
      missing.push({ pod: found.pod.name, url: found.url, reason: reasonOf(error, signal) });
      return undefined;
    }
  };
  return {
    missing,
    async load(documents) {
      const all = documents.map((found) => {
        const known = loading.get(found.url) ?? read(found);
        loading.set(found.url, known);
        return known;
      });
      return (await Promise.all(all)).flatMap((document) => document ?? []);
    },
  };
}

async function readDocument(
  found: FoundDocument,
  cache: DocumentCache,
  signal: AbortSignal,
): Promise<Omit<LoadedDocument, 'found'>> {
  const { pod } = found.pod;
  signal.throwIfAborted();
  const cached = cache.get(pod, found.url);
  const representation =
    cached === undefined
      ? await pod.read(found.url, { signal })
      : await pod.readIfChanged(found.url, cached.etag, { signal });
  if (representation === undefined && cached !== undefined) {
    return { ...cached.content, fromCache: true };
  }
  if (representation === undefined) throw new PodError('POD_INVALID', 'An answer without a body.');
  const content = await contentOf(representation, found);
  if (representation.etag !== undefined) {
    cache.set(pod, found.url, { etag: representation.etag, content });
  }
  return { ...content, fromCache: false };
}

async function contentOf(
  representation: Representation,
  { url, sizeBytes, ref }: FoundDocument,
): Promise<DocumentContent> {
  const isTurtle = /^text\/turtle\b/iu.test(representation.contentType);
  const { quads, bytes } = isTurtle
    ? await readTurtle(representation, url)
    : { quads: await collect(representation.quads()), bytes: sizeBytes ?? 0 };
  const series = quads.filter(isSeries);
  if (series.length === 0) {
    // Documents of our layout end with a digest: one without it was cut short.
    if (ref !== undefined) readDocumentTriples(quads, url);
    return { quads: quads.map(plainQuads()), bytes };
  }
  if (series.length > 1) return { quads: Array.from(expand(quads, url), plainQuads()), bytes };
  const compact = new Set(series.map(({ subject }) => subject.value));
  for (const { predicate, object } of quads) {
    if (predicate.value === WELL.segment.value) compact.add(object.value);
  }
  const others = quads.filter(
    ({ subject, predicate }) =>
      !compact.has(subject.value) && predicate.value !== WELL.digest.value,
  );
  return { series: decodeSeries(quads, url), quads: others.map(plainQuads()), bytes };
}

function isSeries({ predicate, object }: Quad): boolean {
  return predicate.value === RDF_TYPE.value && object.value === WELL.Series.value;
}

async function readTurtle(
  representation: Representation,
  url: string,
): Promise<{ readonly quads: readonly Quad[]; readonly bytes: number }> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of representation.bytes()) {
    bytes += chunk.byteLength;
    if (bytes > maxDocumentBytes) throw new PodError('POD_INVALID', 'The document is too large.');
    text += decoder.decode(chunk, { stream: true });
  }
  try {
    return { quads: new Parser({ baseIRI: url }).parse(text + decoder.decode()), bytes };
  } catch {
    // The parser's own message quotes the document, which may hold readings.
    throw new PodError('POD_INVALID', 'The document is not valid Turtle.', { url });
  }
}

async function collect(quads: AsyncIterable<Quad>): Promise<readonly Quad[]> {
  const all: Quad[] = [];
  for await (const quad of quads) all.push(quad);
  return all;
}

let documentCount = 0;

/** Plain triples of one document. Its blank nodes are its own, whatever their labels. */
function plainQuads(): (quad: Quad) => PlainQuad {
  const document = ++documentCount;
  const own = (term: PlainTerm): PlainTerm =>
    typeof term !== 'string' && 'b' in term ? { b: `d${document}-${term.b}` } : term;
  return (quad) => {
    const [subject, predicate, object] = quadToPlain(quad);
    return [own(subject), predicate, own(object)];
  };
}

/** What the answer says of a document it rests on. */
export function asAnswering({
  found,
  series,
  bytes,
  fromCache,
}: LoadedDocument): AnsweringDocument {
  const form =
    found.forClass === WELL.Rollup.value ? 'rollup' : series === undefined ? 'plain' : 'series';
  return { url: found.url, pod: found.pod.name, form, bytes, fromCache };
}

import type { Quad } from '@rdfjs/types';
import { JsonLdParser } from 'jsonld-streaming-parser';
import { Parser } from 'n3';
import { PodError } from '../contract/index.ts';
import { collectBytes } from '../wrappers/bytes.ts';

/** Bytes of RDF that are parsed at most; the whole document is held in memory. */
export const maxRdfBytes = 16 * 2 ** 20;

// rdflib and the JSON-LD parser take time that grows faster than the document.
const maxSlowRdfBytes = 2 ** 20;

// Deeper than any profile; the parser of RDF/XML calls itself once per level.
const maxXmlDepth = 256;

type Format = 'turtle' | 'json-ld' | 'markup';

const formats: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['text/turtle', 'turtle'],
  ['application/n-triples', 'turtle'],
  ['application/n-quads', 'turtle'],
  ['application/trig', 'turtle'],
  ['text/n3', 'turtle'],
  ['application/ld+json', 'json-ld'],
  ['application/rdf+xml', 'markup'],
  ['text/html', 'markup'],
  ['application/xhtml+xml', 'markup'],
]);

/** True for a media type that {@link parseRdf} takes. */
export function isRdf(contentType: string): boolean {
  return formats.has(mediaTypeOf(contentType));
}

function mediaTypeOf(contentType: string): string {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** A document to parse. */
export interface RdfDocument {
  readonly url: string;
  readonly contentType: string;
  readonly body: ReadableStream<Uint8Array>;
}

/**
 * Parses Turtle and its family, JSON-LD, RDF/XML and RDFa. Nothing is fetched on the way: a
 * JSON-LD document that needs a remote context is refused.
 * @throws PodError `POD_INVALID` when it is not RDF, is malformed, or is too large.
 */
export async function parseRdf({ url, contentType, body }: RdfDocument): Promise<readonly Quad[]> {
  const mediaType = mediaTypeOf(contentType);
  const format = formats.get(mediaType);
  if (format === undefined) {
    await body.cancel();
    throw new PodError('POD_INVALID', `The resource is not RDF but ${mediaType}`, { url });
  }
  const limit = format === 'turtle' ? maxRdfBytes : maxSlowRdfBytes;
  const bytes = await collectBytes(body, limit);
  if (bytes === undefined) {
    throw new PodError('POD_INVALID', `The document is longer than ${limit} bytes`, { url });
  }
  const text = new TextDecoder().decode(bytes);
  try {
    return await parseAs(format, text, { url, mediaType });
  } catch (cause) {
    if (PodError.is(cause)) throw cause;
    // The parser's own message quotes the document.
    throw new PodError('POD_INVALID', `The document is not valid ${mediaType}`, { url, cause });
  }
}

async function parseAs(
  format: Format,
  text: string,
  { url, mediaType }: { readonly url: string; readonly mediaType: string },
): Promise<readonly Quad[]> {
  if (format === 'turtle') return new Parser({ baseIRI: url, format: mediaType }).parse(text);
  return format === 'json-ld' ? parseJsonLd(text, url) : parseMarkup(text, url, mediaType);
}

/** JSON-LD with the contexts it carries itself; a remote one could name any address. */
async function parseJsonLd(text: string, url: string): Promise<readonly Quad[]> {
  const parser = new JsonLdParser({
    baseIRI: url,
    documentLoader: {
      load: () =>
        Promise.reject(
          new PodError('POD_INVALID', 'The JSON-LD document needs a remote context', { url }),
        ),
    },
  });
  parser.end(text);
  const quads: Quad[] = [];
  for await (const quad of parser as AsyncIterable<Quad>) quads.push(quad);
  return quads;
}

/** RDF/XML and RDFa, by rdflib: loaded only when a document needs it, as it costs 0.3 s. */
async function parseMarkup(text: string, url: string, mediaType: string): Promise<readonly Quad[]> {
  if (mediaType === 'application/rdf+xml' && isNestedTooDeep(text)) {
    throw new PodError('POD_INVALID', 'The document is nested too deep', { url });
  }
  const { graph, parse } = await import('rdflib');
  const store = graph();
  parse(text, store, url, mediaType);
  // rdflib names the graph after the document; here a document is a plain set of triples.
  return new Parser({ format: 'application/n-triples' }).parse(
    store.statements.map((statement) => statement.toNT()).join('\n'),
  );
}

function isNestedTooDeep(xml: string): boolean {
  let depth = 0;
  for (const [tag] of xml.matchAll(/<\/?[A-Za-z_][^<>]*>/g)) {
    if (tag.startsWith('</')) depth--;
    else if (!tag.endsWith('/>')) depth++;
    if (depth > maxXmlDepth) return true;
  }
  return false;
}

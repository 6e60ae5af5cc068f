import type { Quad } from '@rdfjs/types';
import { JsonLdParser } from 'jsonld-streaming-parser';
import { Parser } from 'n3';
import { PodError } from '../contract/index.ts';
import { collectBytes } from '../wrappers/bytes.ts';

/** Bytes of RDF that are parsed at most; the whole document is held in memory. */
export const maxRdfBytes = 16 * 2 ** 20;

// rdflib and the JSON-LD parser are slower, and take time that grows faster than the document.
const maxBytes: Readonly<Record<Format, number>> = {
  turtle: maxRdfBytes,
  'json-ld': 2 ** 20,
  markup: 2 ** 18,
};

// Deeper than any profile. A JSON-LD document of 0.8 MB that is nothing but nested objects took more
// than 4 GB, and the parser of RDF/XML calls itself once per level.
const maxDepth = 64;

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
  const limit = maxBytes[format];
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
  if (isNestedTooDeep(text, /"(?:[^"\\]|\\.)*"?|[[{]|[\]}]/gs, /^[[{]/)) throw tooDeep(url);
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
  // Elements of HTML need no end tag, so that their depth cannot be told by counting.
  if (
    mediaType === 'application/rdf+xml' &&
    isNestedTooDeep(text, /<\/?[\w][^<>]*>/g, /^<\w.*[^/]>$/s)
  ) {
    throw tooDeep(url);
  }
  const { graph, parse } = await import('rdflib');
  const store = graph();
  quietly(() => {
    parse(text, store, url, mediaType);
  });
  // rdflib names the graph after the document; here a document is a plain set of triples.
  return new Parser({ format: 'application/n-triples' }).parse(
    store.statements.map((statement) => statement.toNT()).join('\n'),
  );
}

/**
 * Runs something synchronous without its remarks on the console: the XML parser under rdflib writes
 * pieces of the document there, which are somebody's data, and takes no handler from rdflib.
 */
function quietly(work: () => void): void {
  const { error, warn } = console;
  Object.assign(console, { error: () => undefined, warn: () => undefined });
  try {
    work();
  } finally {
    Object.assign(console, { error, warn });
  }
}

const tooDeep = (url: string): PodError =>
  new PodError('POD_INVALID', 'The document is nested too deep', { url });

/** Counts brackets of any kind: those that `opening` fits go down, those that end go up. */
function isNestedTooDeep(text: string, brackets: RegExp, opening: RegExp): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(brackets)) {
    if (opening.test(bracket)) depth++;
    else if (/^(?:<\/|[\]}])/.test(bracket)) depth--;
    if (depth > maxDepth) return true;
  }
  return false;
}

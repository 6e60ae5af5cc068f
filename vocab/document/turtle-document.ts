import { DataFactory, Parser } from 'n3';
import type { Quad, Term } from '@rdfjs/types';
import { digestOf, escapeText, folderAbove } from './digest.ts';
import { XSD } from '../terms/reused-terms.ts';
import { PROPERTY_NS, STAGE_NS, WELL, WELL_NS } from '../terms/terms.ts';
import { VocabularyError } from './vocabulary-error.ts';

const prefixes: readonly (readonly [string, string])[] = [
  ['property', PROPERTY_NS],
  ['stage', STAGE_NS],
  ['well', WELL_NS],
  ['rdfs', 'http://www.w3.org/2000/01/rdf-schema#'],
  ['sosa', 'http://www.w3.org/ns/sosa/'],
  ['xsd', 'http://www.w3.org/2001/XMLSchema#'],
];
const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const localName = /^[A-Za-z]\w*$/;
// https://www.w3.org/TR/turtle/#grammar-production-IRIREF
const notInIri = /[<>"{}|^`\\]|[^\u0021-\uffff]/;

/** Writes IRIs as Turtle does, and remembers the prefixes it used. */
interface IriWriter {
  readonly write: (iri: string) => string;
  readonly usedPrefixes: ReadonlySet<string>;
}

function iriWriter(documentUrl: string): IriWriter {
  const folder = folderAbove(documentUrl);
  const usedPrefixes = new Set<string>();
  const written = new Map<string, string>();
  const write = (iri: string): string => {
    if (notInIri.test(iri)) {
      throw new VocabularyError(
        'VOCABULARY_INVALID',
        'an IRI has a forbidden character',
        documentUrl,
      );
    }
    if (iri === documentUrl) return '<>';
    if (iri.startsWith(`${documentUrl}#`)) return `<${iri.slice(documentUrl.length)}>`;
    for (const [prefix, namespace] of prefixes) {
      const name = iri.slice(namespace.length);
      if (!iri.startsWith(namespace) || !localName.test(name)) continue;
      usedPrefixes.add(prefix);
      return `${prefix}:${name}`;
    }
    if (folder !== '' && iri.startsWith(folder)) return `<../${iri.slice(folder.length)}>`;
    return `<${iri}>`;
  };
  return {
    usedPrefixes,
    write: (iri) => {
      const known = written.get(iri) ?? write(iri);
      written.set(iri, known);
      return known;
    },
  };
}

function objectWriter(writeIri: (iri: string) => string): (term: Term) => string {
  return (term) => {
    if (term.termType !== 'Literal') return writeIri(term.value);
    const datatype = term.datatype.value;
    if (datatype === XSD.integer.value || datatype === XSD.decimal.value) return term.value;
    const text = `"${escapeText(term.value)}"`;
    return datatype === XSD.string.value ? text : `${text}^^${writeIri(datatype)}`;
  };
}

/**
 * Lean Turtle of triples, those of one subject side by side, with relative IRIs, ended by the
 * document's digest. Literals are strings without a language, or of a datatype whose lexical form
 * they have.
 */
export function writeDocument(triples: readonly Quad[], documentUrl: string): string {
  const { write: writeIri, usedPrefixes } = iriWriter(documentUrl);
  const writeObject = objectWriter(writeIri);
  const parts: string[] = [];
  let last: Quad | undefined;
  for (const triple of triples) {
    const { subject, predicate, object } = triple;
    const isSameSubject = last?.subject.value === subject.value;
    if (isSameSubject && last?.predicate.value === predicate.value) {
      parts.push(', ', writeObject(object));
    } else {
      parts.push(
        isSameSubject ? '; ' : `${last === undefined ? '' : ' .\n'}${writeIri(subject.value)} `,
      );
      parts.push(predicate.value === rdfType ? 'a' : writeIri(predicate.value));
      parts.push(' ', writeObject(object));
    }
    last = triple;
  }
  // The space parts the end from a number: `1440.` is a decimal to parsers of older Turtle.
  if (last !== undefined) parts.push(' .\n');
  parts.push(`<> ${writeIri(WELL.digest.value)} "${digestOf(triples, documentUrl)}" .\n`);
  const heads = prefixes
    .filter(([prefix]) => usedPrefixes.has(prefix))
    .map(([prefix, namespace]) => `@prefix ${prefix}: <${namespace}> .\n`);
  return [...heads, ...parts].join('');
}

function parse(turtle: string, documentUrl: string): Quad[] {
  try {
    return new Parser({ baseIRI: documentUrl, format: 'text/turtle', factory: DataFactory }).parse(
      turtle,
    );
  } catch {
    // The parser's own message quotes the text where it stopped, which may be a reading.
    throw new VocabularyError('VOCABULARY_INCOMPLETE', 'is not complete Turtle', documentUrl);
  }
}

function isDigest(quad: Quad, documentUrl: string): boolean {
  return quad.subject.value === documentUrl && quad.predicate.equals(WELL.digest);
}

/**
 * The triples of one of our documents, without its digest, which must be there and right.
 * @throws VocabularyError when the document is cut short, changed or not ours.
 */
export function readDocument(input: string | Iterable<Quad>, documentUrl: string): Quad[] {
  const quads = typeof input === 'string' ? parse(input, documentUrl) : [...input];
  const triples = quads.filter((quad) => !isDigest(quad, documentUrl));
  const digests = new Set(
    quads.filter((quad) => isDigest(quad, documentUrl)).map(({ object }) => object.value),
  );
  if (digests.size !== 1) {
    throw new VocabularyError('VOCABULARY_INCOMPLETE', 'has no single well:digest', documentUrl);
  }
  if (!digests.has(digestOf(triples, documentUrl))) {
    throw new VocabularyError('VOCABULARY_INCOMPLETE', 'differs from its well:digest', documentUrl);
  }
  return triples;
}

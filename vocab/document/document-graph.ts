import type { Literal, NamedNode, Quad, Term } from '@rdfjs/types';
import { parseInstant, type OffsetInstant } from './instants.ts';
import { RDF_TYPE } from '../terms/reused-terms.ts';
import { VocabularyError } from './vocabulary-error.ts';

/** The triples of a document by subject. Every reader throws VocabularyError where it finds less. */
export interface DocumentGraph {
  readonly documentUrl: string;
  /** Subjects of a class, in the order of the document. */
  readonly instancesOf: (type: NamedNode) => string[];
  readonly objects: (subject: string, predicate: NamedNode) => readonly Term[];
  readonly iri: (subject: string, predicate: NamedNode) => string;
  readonly literal: (subject: string, predicate: NamedNode) => Literal;
  readonly text: (subject: string, predicate: NamedNode) => string;
  readonly optionalText: (subject: string, predicate: NamedNode) => string | undefined;
  /** A whole number from 0 to 2^53. */
  readonly natural: (subject: string, predicate: NamedNode) => number;
  readonly number: (subject: string, predicate: NamedNode) => number;
  readonly optionalNumber: (subject: string, predicate: NamedNode) => number | undefined;
  readonly instant: (subject: string, predicate: NamedNode) => OffsetInstant;
}

/** Indexes triples for the decoders. */
export function documentGraph(triples: Iterable<Quad>, documentUrl: string): DocumentGraph {
  const bySubject = new Map<string, Map<string, Term[]>>();
  for (const { subject, predicate, object } of triples) {
    const properties = bySubject.get(subject.value) ?? new Map<string, Term[]>();
    bySubject.set(subject.value, properties);
    const known = properties.get(predicate.value);
    if (known === undefined) properties.set(predicate.value, [object]);
    else if (!known.some((term) => term.equals(object))) known.push(object);
  }
  const invalid = (predicate: NamedNode, what: string): VocabularyError => {
    const name = predicate.value.replace(/^.*[#/]/, '');
    return new VocabularyError('VOCABULARY_INVALID', `${name} ${what}`, documentUrl);
  };
  const objects = (subject: string, predicate: NamedNode): readonly Term[] =>
    bySubject.get(subject)?.get(predicate.value) ?? [];
  const optional = (subject: string, predicate: NamedNode): Term | undefined => {
    const terms = objects(subject, predicate);
    if (terms.length > 1) throw invalid(predicate, 'has several values');
    return terms[0];
  };
  const optionalLiteral = (subject: string, predicate: NamedNode): Literal | undefined => {
    const term = optional(subject, predicate);
    if (term !== undefined && term.termType !== 'Literal')
      throw invalid(predicate, 'is no literal');
    return term;
  };
  const literal = (subject: string, predicate: NamedNode): Literal => {
    const term = optionalLiteral(subject, predicate);
    if (term === undefined) throw invalid(predicate, 'is missing');
    return term;
  };
  const optionalNumber = (subject: string, predicate: NamedNode): number | undefined => {
    const text = optionalLiteral(subject, predicate)?.value;
    if (text === undefined) return undefined;
    const value = text.trim() === '' ? NaN : Number(text);
    if (!Number.isFinite(value)) throw invalid(predicate, 'is no number');
    return value;
  };
  const number = (subject: string, predicate: NamedNode): number => {
    const value = optionalNumber(subject, predicate);
    if (value === undefined) throw invalid(predicate, 'is missing');
    return value;
  };
  return {
    documentUrl,
    instancesOf: (type) =>
      [...bySubject.keys()].filter((subject) =>
        objects(subject, RDF_TYPE).some(({ value }) => value === type.value),
      ),
    objects,
    iri: (subject, predicate) => {
      const term = optional(subject, predicate);
      if (term?.termType !== 'NamedNode') throw invalid(predicate, 'is no IRI');
      return term.value;
    },
    literal,
    text: (subject, predicate) => literal(subject, predicate).value,
    optionalText: (subject, predicate) => optionalLiteral(subject, predicate)?.value,
    natural: (subject, predicate) => {
      const value = number(subject, predicate);
      if (!Number.isSafeInteger(value) || value < 0) throw invalid(predicate, 'is no whole number');
      return value;
    },
    number,
    optionalNumber,
    instant: (subject, predicate) => {
      const instant = parseInstant(literal(subject, predicate).value);
      if (instant === undefined) throw invalid(predicate, 'is no xsd:dateTime with an offset');
      return instant;
    },
  };
}

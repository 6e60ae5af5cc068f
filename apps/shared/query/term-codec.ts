import type { Literal, NamedNode, Quad, Term } from '@rdfjs/types';
import { DataFactory } from 'n3';

/**
 * A term as data that a worker thread can receive: a term's methods and getters do not survive
 * `postMessage`. A plain string is an IRI.
 */
export type PlainTerm =
  | string
  | { readonly b: string }
  | { readonly v: string }
  | { readonly l: string; readonly d?: string; readonly g?: string }
  | { readonly g0: true };

export type PlainQuad = readonly [PlainTerm, PlainTerm, PlainTerm];

const xsdString = 'http://www.w3.org/2001/XMLSchema#string';

/** @throws TypeError for a quoted triple, which no document of ours holds. */
export function toPlain(term: Term): PlainTerm {
  if (term.termType === 'NamedNode') return term.value;
  if (term.termType === 'BlankNode') return { b: term.value };
  if (term.termType === 'Variable') return { v: term.value };
  if (term.termType === 'DefaultGraph') return { g0: true };
  if (term.termType === 'Quad') throw new TypeError('a quoted triple is not a term of RDF 1.1');
  if (term.language !== '') return { l: term.value, g: term.language };
  if (term.datatype.value === xsdString) return { l: term.value };
  return { l: term.value, d: term.datatype.value };
}

const datatypes = new Map<string, NamedNode>();

/** The inverse of `toPlain`. */
export function fromPlain(term: PlainTerm): Term {
  if (typeof term === 'string') return DataFactory.namedNode(term);
  if ('b' in term) return DataFactory.blankNode(term.b);
  if ('v' in term) return DataFactory.variable(term.v);
  if ('g0' in term) return DataFactory.defaultGraph();
  if (term.g !== undefined) return DataFactory.literal(term.l, term.g);
  return term.d === undefined
    ? DataFactory.literal(term.l)
    : DataFactory.literal(term.l, datatype(term.d));
}

/** A typed literal, `typed('3', xsd + 'integer')`. */
export function typed(value: string, datatypeIri: string): Literal {
  return DataFactory.literal(value, datatype(datatypeIri));
}

function datatype(iri: string): NamedNode {
  let node = datatypes.get(iri);
  if (node === undefined) datatypes.set(iri, (node = DataFactory.namedNode(iri)));
  return node;
}

export function quadToPlain(quad: Quad): PlainQuad {
  return [toPlain(quad.subject), toPlain(quad.predicate), toPlain(quad.object)];
}

/** Algebra with every term replaced by `{ $: plain }`, fit for `postMessage`. */
export function algebraToPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isTerm(value)) return { $: toPlain(value) };
  if (Array.isArray(value)) return value.map(algebraToPlain);
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, algebraToPlain(child)]),
  );
}

/** The inverse of `algebraToPlain`. */
export function algebraFromPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as `algebraToPlain` put it there
  if ('$' in value) return fromPlain(value.$ as PlainTerm);
  if (Array.isArray(value)) return value.map(algebraFromPlain);
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, algebraFromPlain(child)]),
  );
}

/** Text that two terms share exactly when they are the same term. */
export function termKey(term: Term): string {
  if (term.termType !== 'Literal') return `${term.termType} ${term.value}`;
  return `"${term.value}"${term.language}^${term.datatype.value}`;
}

/** True for an RDF/JS term inside algebra. A triple pattern is an operation, though also a quad. */
export function isTerm(value: unknown): value is Term {
  return typeof value === 'object' && value !== null && 'termType' in value && !('type' in value);
}

import type { Quad } from '@rdfjs/types';
import { DataFactory, Parser } from 'n3';
import { digestOf, WELL } from '../../../vocab/index.ts';

const { literal, namedNode, quad } = DataFactory;

/**
 * The triples of a damaged document with a digest that fits them, so that its decoder looks at what
 * they say; undefined when they can't be told. Blank nodes are never of ours, and left out.
 */
export function salvagedTriples(turtle: string, documentUrl: string): Quad[] | undefined {
  // The last statement may be cut, and be the digest alone.
  const statements = turtle.slice(0, turtle.lastIndexOf(' .\n') + 3);
  const parsed = parse(turtle, documentUrl) ?? parse(statements, documentUrl);
  const triples = parsed?.filter(
    ({ subject, predicate, object }) =>
      !predicate.equals(WELL.digest) &&
      subject.termType === 'NamedNode' &&
      object.termType !== 'BlankNode',
  );
  if (triples === undefined) return undefined;
  const digest = literal(digestOf(triples, documentUrl));
  return [...triples, quad(namedNode(documentUrl), WELL.digest, digest)];
}

function parse(turtle: string, baseIRI: string): Quad[] | undefined {
  try {
    return new Parser({ baseIRI, format: 'text/turtle' }).parse(turtle);
  } catch {
    return undefined;
  }
}

import type { Term } from '@rdfjs/types';
import type { LoadedDocument } from './document-loader.ts';
import type { Star } from './reading-star.ts';
import { codedColumn, type Table } from './table/table.ts';
import { fromPlain, termKey, toPlain, type PlainQuad, type PlainTerm } from './term-codec.ts';

/** More solutions than this are left to the engine, which need not hold them all. */
const maxRows = 100_000;

type Objects = ReadonlyMap<string, readonly PlainTerm[]>;

/**
 * The solutions of a star over plain nodes: nights, summaries, other apps' records. `undefined`
 * for a star that asks for any predicate, or one variable twice, and where a blank node would be
 * bound, which cannot stand in `VALUES`.
 */
export function plainStarTable(
  star: Star,
  documents: readonly LoadedDocument[],
): Table | undefined {
  const variables = variablesOfStar(star);
  if (variables === undefined || documents.some(({ series }) => series !== undefined)) {
    return undefined;
  }
  const predicates = new Set(star.patterns.map(({ predicate }) => predicate.value));
  const rows: PlainTerm[][] = [];
  for (const [subject, objects] of bySubject(documents, predicates)) {
    rows.push(...solutionsOf(star, subject, objects));
    if (rows.length > maxRows) return undefined;
  }
  if (rows.some((row) => row.some((term) => typeof term !== 'string' && 'b' in term))) {
    return undefined;
  }
  const columns = variables.map((name, index) => {
    const terms = rows.map((row) => fromPlain(row[index] ?? ''));
    return [name, codedColumn(terms, rows.length)] as const;
  });
  return { size: rows.length, columns: new Map(columns) };
}

/** The subject's variable, then those of the objects in the order of their patterns. */
function variablesOfStar({ subject, patterns }: Star): readonly string[] | undefined {
  if (subject.termType !== 'Variable') return undefined;
  if (patterns.some(({ predicate }) => predicate.termType !== 'NamedNode')) return undefined;
  const objects = patterns.flatMap(({ object }) =>
    object.termType === 'Variable' ? [object.value] : [],
  );
  const names = [subject.value, ...objects];
  return new Set(names).size === names.length ? names : undefined;
}

/** Objects by predicate of each subject, a triple that several documents hold only once. */
function bySubject(
  documents: readonly LoadedDocument[],
  predicates: ReadonlySet<string>,
): Iterable<readonly [PlainTerm, Objects]> {
  const subjects = new Map<string, readonly [PlainTerm, Map<string, PlainTerm[]>]>();
  const seen = new Set<string>();
  const add = (quad: PlainQuad): void => {
    const [subject, predicate, object] = quad;
    if (typeof predicate !== 'string' || !predicates.has(predicate)) return;
    const triple = JSON.stringify(quad);
    if (seen.has(triple)) return;
    seen.add(triple);
    const key = JSON.stringify(subject);
    const entry = subjects.get(key) ?? ([subject, new Map<string, PlainTerm[]>()] as const);
    subjects.set(key, entry);
    const objects = entry[1].get(predicate);
    if (objects === undefined) entry[1].set(predicate, [object]);
    else objects.push(object);
  };
  for (const { quads } of documents) quads.forEach(add);
  return subjects.values();
}

function solutionsOf(
  { patterns }: Star,
  subject: PlainTerm,
  objects: Objects,
): readonly PlainTerm[][] {
  let rows: PlainTerm[][] = [[subject]];
  for (const { predicate, object } of patterns) {
    const values = objects.get(predicate.value) ?? [];
    if (object.termType === 'Variable') {
      rows = rows.flatMap((row) => values.map((value) => [...row, value]));
    } else if (!values.some((value) => isSame(value, object))) {
      return [];
    }
    if (rows.length === 0 || rows.length > maxRows) return rows;
  }
  return rows;
}

function isSame(value: PlainTerm, asked: Term): boolean {
  const plain = toPlain(asked);
  if (typeof value === 'string' || typeof plain === 'string') return value === plain;
  return termKey(fromPlain(value)) === termKey(asked);
}

import type { Term } from '@rdfjs/types';
import type { LoadedDocument } from './document-loader.ts';
import type { ReadingStar } from './reading-star.ts';
import { fromPlain, termKey, type PlainTerm } from './term-codec.ts';

/**
 * Whether triples outside the series may add a solution to a star: a reading stored as a plain
 * node, or a triple about a reading of a series. Then columns do not hold the whole answer.
 */
export function mayMatchOutsideSeries(
  star: ReadingStar,
  documents: readonly LoadedDocument[],
): boolean {
  const inSeries = new Set(
    documents.flatMap(({ found, series }) => (series === undefined ? [] : [found.url])),
  );
  const matched = new Map<string, Set<number>>();
  for (const { quads } of documents) {
    for (const [subject, predicate, object] of quads) {
      const indexes = matchingPatterns(star, predicate, object);
      if (indexes.length === 0) continue;
      if (typeof subject === 'string' && inSeries.has(subject.split('#', 1)[0] ?? '')) return true;
      const key = JSON.stringify(subject);
      const already = matched.get(key) ?? new Set<number>();
      for (const index of indexes) already.add(index);
      matched.set(key, already);
      if (already.size === star.patterns.length) return true;
    }
  }
  return false;
}

function matchingPatterns(star: ReadingStar, predicate: PlainTerm, object: PlainTerm): number[] {
  const matching: number[] = [];
  star.patterns.forEach((pattern, index) => {
    if (pattern.predicate.value === predicate && matches(pattern.object, object))
      matching.push(index);
  });
  return matching;
}

function matches(asked: Term, object: PlainTerm): boolean {
  return asked.termType === 'Variable' || termKey(asked) === termKey(fromPlain(object));
}

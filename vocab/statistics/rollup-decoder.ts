import type { NamedNode, Quad } from '@rdfjs/types';
import { decimalText } from '../document/decimals.ts';
import { readBigDeltaLiteral } from '../series/delta-literals.ts';
import { documentGraph, type DocumentGraph } from '../document/document-graph.ts';
import type { Rollup } from '../records/episodes.ts';
import { SOSA } from '../terms/reused-terms.ts';
import type { RollupYear } from './rollup-encoder.ts';
import { signalOf } from '../signals.ts';
import { WELL } from '../terms/terms.ts';
import { readDocument } from '../document/turtle-document.ts';
import { VocabularyError } from '../document/vocabulary-error.ts';

const dayMs = 86_400_000;
// A local year has 8,784 hours at most.
const mostHours = 8784;

/**
 * The statistics of a document that `encodeRollups` wrote.
 * @throws VocabularyError when the document is cut short, changed, or of another kind.
 */
export function decodeRollups(input: string | Iterable<Quad>, documentUrl: string): RollupYear {
  const graph = documentGraph(readDocument(input, documentUrl), documentUrl);
  const [document] = graph.instancesOf(WELL.RollupDocument);
  const signal =
    document === undefined ? undefined : signalOf(graph.iri(document, SOSA.observedProperty));
  if (document === undefined || signal === undefined) {
    const what = 'is no rollup document of a known signal';
    throw new VocabularyError('VOCABULARY_INVALID', what, documentUrl);
  }
  const year = graph.text(document, WELL.year);
  return {
    signal: signal.name,
    source: graph.text(document, WELL.source),
    year,
    days: graph
      .instancesOf(WELL.Rollup)
      .map((subject) => dayOf(graph, subject))
      .toSorted(byStart),
    hours: graph
      .instancesOf(WELL.HourlyRollups)
      .flatMap((subject) => hoursOf(graph, subject, year))
      .toSorted(byStart),
  };
}

function byStart(a: Rollup, b: Rollup): number {
  return a.start < b.start ? -1 : 1;
}

function dayOf(graph: DocumentGraph, subject: string): Rollup {
  return {
    start: graph.text(subject, WELL.day),
    count: graph.natural(subject, WELL.count),
    sum: graph.text(subject, WELL.sum),
    sumOfSquares: graph.text(subject, WELL.sumOfSquares),
    min: graph.text(subject, WELL.min),
    max: graph.text(subject, WELL.max),
  };
}

function hoursOf(graph: DocumentGraph, subject: string, year: string): Rollup[] {
  const { documentUrl } = graph;
  const scale = graph.natural(subject, WELL.scale);
  const length = graph.natural(subject, WELL.count);
  const yearMs = Date.parse(`${year}-01-01T00:00:00Z`);
  const column = (predicate: NamedNode): readonly number[] | readonly bigint[] =>
    readBigDeltaLiteral(graph.literal(subject, predicate), length, documentUrl);
  const hours = column(WELL.hours).map(Number);
  if (!hours.every((hour) => hour >= 0 && hour < mostHours) || Number.isNaN(yearMs)) {
    throw new VocabularyError('VOCABULARY_INVALID', 'has an hour outside its year', documentUrl);
  }
  const days = daysOf(yearMs);
  const counts = column(WELL.counts);
  const decimals = (predicate: NamedNode, places: number): string[] =>
    column(predicate).map((value) => decimalText(value, places));
  const sums = decimals(WELL.sums, scale);
  const sumsOfSquares = decimals(WELL.sumsOfSquares, 2 * scale);
  const minima = decimals(WELL.minima, scale);
  const maxima = decimals(WELL.maxima, scale);
  return hours.map((hour, index) => ({
    start: `${days[Math.floor(hour / 24)] ?? ''}T${String(hour % 24).padStart(2, '0')}`,
    count: Number(counts[index]),
    sum: sums[index] ?? '',
    sumOfSquares: sumsOfSquares[index] ?? '',
    min: minima[index] ?? '',
    max: maxima[index] ?? '',
  }));
}

// Each day's text once: a date for each of 8,760 hours took a third of the decoding.
function daysOf(yearMs: number): string[] {
  return Array.from({ length: mostHours / 24 }, (_, day) =>
    new Date(yearMs + day * dayMs).toISOString().slice(0, 10),
  );
}

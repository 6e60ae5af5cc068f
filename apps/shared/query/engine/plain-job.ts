import type { Quad, Term } from '@rdfjs/types';
import { DataFactory } from 'n3';
import { seriesToReadings } from '../../../../vocab/index.ts';
import type { Operation } from '../algebra.ts';
import {
  algebraFromPlain,
  algebraToPlain,
  fromPlain,
  toPlain,
  type PlainQuad,
  type PlainTerm,
} from '../term-codec.ts';
import { evaluate, type Solutions } from './evaluate.ts';
import type { EvaluationJob, SeriesDocument } from './evaluator.ts';

/** A job as a worker thread can receive it. */
export interface PlainJob {
  readonly algebra: unknown;
  readonly quads: readonly PlainQuad[];
  readonly series: readonly SeriesDocument[];
  readonly maxRows: number;
}

/** Solutions as a worker thread can send them. */
export interface PlainSolutions {
  readonly rows: readonly Readonly<Record<string, PlainTerm>>[];
  readonly truncated: boolean;
  readonly boolean?: boolean;
}

export function plainJob({ algebra, quads = [], series = [], maxRows }: EvaluationJob): PlainJob {
  return { algebra: algebraToPlain(algebra), quads, series, maxRows };
}

/** Evaluates a job over its triples, each series as one node per reading. */
export async function runPlainJob(job: PlainJob): Promise<PlainSolutions> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as `plainJob` put it there
  const algebra = algebraFromPlain(job.algebra) as Operation;
  const { rows, ...rest } = await evaluate(algebra, quadsOf(job), job.maxRows);
  return { ...rest, rows: rows.map((row) => mapTerms(row, toPlain)) };
}

function* quadsOf({ quads, series }: PlainJob): Iterable<Quad> {
  for (const [subject, predicate, object] of quads) {
    yield quadOf(fromPlain(subject), fromPlain(predicate), fromPlain(object));
  }
  for (const { url, series: columns } of series) {
    yield* seriesToReadings(columns, { documentUrl: url, sensorIri: columns.sensorIri });
  }
}

function quadOf(subject: Term, predicate: Term, object: Term): Quad {
  const isResource = subject.termType === 'NamedNode' || subject.termType === 'BlankNode';
  const isObject = object.termType !== 'Quad' && object.termType !== 'DefaultGraph';
  if (!isResource || predicate.termType !== 'NamedNode' || !isObject) {
    throw new TypeError('not a triple of RDF 1.1');
  }
  return DataFactory.quad(subject, predicate, object);
}

/** The inverse of what `runPlainJob` sends. */
export function solutionsOf({ rows, ...rest }: PlainSolutions): Solutions {
  return { ...rest, rows: rows.map((row) => mapTerms(row, fromPlain)) };
}

function mapTerms<From, To>(
  row: Readonly<Record<string, From>>,
  map: (term: From) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(row).map(([name, term]) => [name, map(term)]));
}

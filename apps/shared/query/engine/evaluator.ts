import type { SensedSeries } from '../../../../vocab/index.ts';
import type { Operation } from '../algebra.ts';
import type { Solutions } from './evaluate.ts';
import type { PlainQuad } from '../term-codec.ts';

/** What the engine evaluates: algebra over plain triples and readings still in columns. */
export interface EvaluationJob {
  readonly algebra: Operation;
  readonly quads?: readonly PlainQuad[];
  readonly series?: readonly SeriesDocument[];
  readonly maxRows: number;
}

/** The readings of one document. */
export interface SeriesDocument {
  readonly url: string;
  readonly series: SensedSeries;
}

/** The engine within the time, memory and cancellation of one query. */
export interface Evaluator {
  /** @throws QueryError `QUERY_TIMEOUT`, `QUERY_CANCELLED`, `QUERY_TOO_LARGE`, `QUERY_FAILED`. */
  evaluate(job: EvaluationJob): Promise<Solutions>;
}

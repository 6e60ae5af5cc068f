import type { Term } from '@rdfjs/types';
import type { Operation } from './algebra.ts';
import { demandsOf, type Demand } from './demands.ts';
import { documentCache } from './document-cache.ts';
import { documentFinder, type DocumentFinder } from './document-finder.ts';
import {
  asAnswering,
  documentLoader,
  type LoadedDocument,
  type Reading,
} from './document-loader.ts';
import { defaultEngine } from './engine/default-engine.ts';
import type { Engine } from './engine/engine.ts';
import type { Solutions } from './engine/evaluate.ts';
import type { EvaluationJob, Evaluator } from './engine/evaluator.ts';
import { plainJob } from './engine/plain-job.ts';
import { foldConstants } from './fold-constants.ts';
import { parseQuery, type ParsedQuery } from './parse-query.ts';
import { podRequests } from './pod-requests.ts';
import type { Planning } from './planning.ts';
import { pushDown } from './pushdown.ts';
import { QueryError } from './query-error.ts';
import type { Query, QueryAnswer, QueryLimits, QueryPod } from './query-types.ts';
import { residualOf } from './residual.ts';
import { rowCount, rowsOf, termAt } from './table/table.ts';

/** What a `query` is made with; everything has a default. */
export interface CreateQueryOptions {
  /** UTC epoch milliseconds, for `NOW()`. */
  readonly clock?: () => number;
  readonly limits?: Partial<QueryLimits>;
  /** Memory for decoded documents, all sessions together. */
  readonly maxCacheBytes?: number;
  /** How old what is known of a pod may be before the pod is asked again. Default 5 s. */
  readonly maxAgeMs?: number;
  readonly engine?: Engine;
  /** True for a process that will be asked by somebody who waits: a website. */
  readonly warmUp?: boolean;
}

const defaultLimits: QueryLimits = {
  timeoutMs: 30_000,
  maxResults: 10_000,
  maxExpandedReadings: 100_000,
};

/**
 * Makes the function that asks pods a question. Keep one for the life of the process: it holds
 * the engine's threads and the decoded documents, each session's apart.
 */
export function createQuery(options: CreateQueryOptions = {}): Query {
  const clock = options.clock ?? Date.now;
  const cache = documentCache(options.maxCacheBytes ?? 128 * 2 ** 20);
  const requests = podRequests({ maxAgeMs: options.maxAgeMs ?? 5000, now: clock });
  const engine = options.engine ?? defaultEngine();
  if (options.warmUp === true) engine.warmUp();

  return async (sparql, pods, { signal, limits: asked } = {}) => {
    const limits = { ...defaultLimits, ...options.limits, ...asked };
    const parsed = parseQuery(sparql, clock());
    const deadline = deadlineOf(limits, signal);
    try {
      return await answer({
        parsed,
        pods,
        limits,
        cache,
        requests,
        engine,
        signal: deadline.signal,
      });
    } catch (error) {
      throw deadline.errorOf(error);
    } finally {
      deadline.clear();
    }
  };
}

interface Execution extends Reading {
  readonly parsed: ParsedQuery;
  readonly pods: readonly QueryPod[];
  readonly limits: QueryLimits;
  readonly engine: Engine;
}

async function answer(execution: Execution): Promise<QueryAnswer> {
  const { parsed, pods, limits, engine, signal } = execution;
  const finder = documentFinder(pods, execution);
  const loader = documentLoader(execution);
  const evaluator: Evaluator = { evaluate: (job) => engine.run(plainJob(job), signal) };
  const planning: Planning = { finder, loader, evaluator, used: new Set(), notes: [] };
  const algebra = await foldConstants(parsed.algebra, evaluator);
  const pushed = await pushDown(algebra, planning);
  const solutions =
    solutionsOfTable(pushed, limits.maxResults) ?? (await solveResidual(pushed, planning, limits));
  refuseWithoutPods(pods, finder);
  return {
    kind: parsed.kind === 'ask' ? 'boolean' : 'bindings',
    variables: parsed.variables,
    rows: solutions.rows,
    ...(solutions.boolean === undefined ? {} : { boolean: solutions.boolean }),
    documents: [...planning.used].map(asAnswering),
    pushedDown: planning.notes,
    missing: [...finder.missing, ...loader.missing],
    truncated: solutions.truncated,
  };
}

/** What columns could not answer, by the engine over the documents that it is still about. */
async function solveResidual(
  pushed: Operation,
  { finder, loader, evaluator, used }: Planning,
  limits: QueryLimits,
): Promise<Solutions> {
  const demands = demandsOf(pushed);
  const documents = await loadDemanded(demands, { finder, loader });
  for (const document of documents) used.add(document);
  const job: EvaluationJob = residualOf(pushed, { demands, documents, limits });
  return evaluator.evaluate(job);
}

async function loadDemanded(
  demands: readonly Demand[],
  { finder, loader }: Pick<Planning, 'finder' | 'loader'>,
): Promise<readonly LoadedDocument[]> {
  const found = await Promise.all(demands.map((demand) => finder.find(demand)));
  const byUrl = new Map(found.flat().map((document) => [document.url, document]));
  return loader.load([...byUrl.values()]);
}

/** The answer where nothing is left for the engine. */
function solutionsOfTable(pushed: Operation, maxRows: number): Solutions | undefined {
  if (pushed.type === 'ask' && pushed.input.type === 'table') {
    return { rows: [], truncated: false, boolean: rowCount(pushed.input.table) > 0 };
  }
  if (pushed.type !== 'table') return undefined;
  const { table } = pushed;
  const rows = Array.from(rowsOf(table).subarray(0, maxRows), (row) => {
    const bound: Record<string, Term> = {};
    for (const [name, column] of table.columns) bound[name] = termAt(column, row);
    return bound;
  });
  return { rows, truncated: rowCount(table) > maxRows };
}

/** A partial answer is an answer; one from no pod at all is a failure. */
function refuseWithoutPods(pods: readonly QueryPod[], finder: DocumentFinder): void {
  if (pods.length === 0 || finder.unreachable.size < pods.length) return;
  const reasons = finder.missing.map(({ pod, reason }) => `${pod}: ${reason}`);
  throw new QueryError('QUERY_NO_POD', `No pod could be asked (${reasons.join('; ')}).`);
}

/** Aborts when the caller does or the time is over, and tells which it was. */
function deadlineOf({ timeoutMs }: QueryLimits, signal: AbortSignal | undefined) {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMs);
  return {
    signal: signal === undefined ? timeout.signal : AbortSignal.any([signal, timeout.signal]),
    clear: () => clearTimeout(timer),
    errorOf(cause: unknown): unknown {
      if (signal?.aborted === true) {
        return new QueryError('QUERY_CANCELLED', 'The query was cancelled.', { cause });
      }
      if (!timeout.signal.aborted) return cause;
      const seconds = Math.round(timeoutMs / 100) / 10;
      return new QueryError(
        'QUERY_TIMEOUT',
        `The query took longer than ${seconds} s. Ask for fewer days or for an aggregate.`,
        { cause },
      );
    },
  };
}

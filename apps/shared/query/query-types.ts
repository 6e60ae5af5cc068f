import type { Term } from '@rdfjs/types';
import type { PodAdapter } from '../../../adapters/contract/index.ts';

/** One pod to ask, opened with its own session. */
export interface QueryPod {
  /** What the user calls it: a label of the storage. */
  readonly name: string;
  readonly storageUrl: string;
  /** Profile through which the type indexes are found; absent for a store without one (a file's). */
  readonly webId?: string;
  readonly pod: PodAdapter;
}

export interface QueryLimits {
  readonly timeoutMs: number;
  readonly maxResults: number;
  /** Readings that may be expanded to triples for one query. */
  readonly maxExpandedReadings: number;
}

export interface QueryOptions {
  readonly signal?: AbortSignal;
  readonly limits?: Partial<QueryLimits>;
}

/** One document that the answer rests on. */
export interface AnsweringDocument {
  readonly url: string;
  readonly pod: string;
  readonly form: 'rollup' | 'series' | 'plain';
  readonly bytes: number;
  readonly fromCache: boolean;
}

/** A pod, or a document of it, that could not be asked: the answer is partial. */
export interface MissingSource {
  readonly pod: string;
  readonly url: string;
  readonly reason: string;
}

export interface QueryAnswer {
  readonly kind: 'bindings' | 'boolean';
  readonly variables: readonly string[];
  readonly rows: readonly Readonly<Record<string, Term>>[];
  readonly boolean?: boolean;
  readonly documents: readonly AnsweringDocument[];
  /** Parts of the query that were computed on columns, in words; empty when all was expanded. */
  readonly pushedDown: readonly string[];
  readonly missing: readonly MissingSource[];
  readonly truncated: boolean;
}

/** `query(sparql, pods, options)`: the one way in this project to ask pods a question. */
export type Query = (
  sparql: string,
  pods: readonly QueryPod[],
  options?: QueryOptions,
) => Promise<QueryAnswer>;

export { createQuery, type CreateQueryOptions } from './create-query.ts';
export { inProcessEngine } from './engine/default-engine.ts';
export type { Engine } from './engine/engine.ts';
export { defaultPrefixes } from './parse-query.ts';
export { QueryError, type QueryErrorCode, type QueryPosition } from './query-error.ts';
export type {
  AnsweringDocument,
  MissingSource,
  Query,
  QueryAnswer,
  QueryLimits,
  QueryOptions,
  QueryPod,
} from './query-types.ts';

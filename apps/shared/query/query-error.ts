/** Why a query gave no answer, one code per reaction open to the caller. */
export type QueryErrorCode =
  | 'QUERY_SYNTAX' // correct the text at `line` and `column`
  | 'QUERY_UNSUPPORTED' // ask in another way: the message names what is refused
  | 'QUERY_TOO_LARGE' // narrow it: fewer days, one signal, or an aggregate
  | 'QUERY_TIMEOUT' // narrow it, or allow more time
  | 'QUERY_CANCELLED' // the caller's signal aborted
  | 'QUERY_FAILED' // the engine could not evaluate it
  | 'QUERY_NO_POD'; // no pod could be asked: see `cause`

/** Where in the query's text, both counted from 1. */
export interface QueryPosition {
  readonly line: number;
  readonly column: number;
}

/** The only error `query` throws. Its message is for the person who wrote the query. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly code: QueryErrorCode;
  readonly position: QueryPosition | undefined;

  constructor(
    code: QueryErrorCode,
    message: string,
    details: { readonly cause?: unknown; readonly position?: QueryPosition | undefined } = {},
  ) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.position = details.position;
  }
}

import { QueryEngine } from '@comunica/query-sparql';
import type { Quad, Term } from '@rdfjs/types';
import { Store } from 'n3';
import type { Operation } from '../algebra.ts';

/** Solutions, each with only its bound variables; `truncated` when more than `maxRows` exist. */
export interface Solutions {
  readonly rows: readonly Readonly<Record<string, Term>>[];
  readonly truncated: boolean;
  /** The answer of an ASK. */
  readonly boolean?: boolean;
}

type EngineQuery = Parameters<QueryEngine['queryBindings']>[0];

// A new engine costs some 70 ms; one serves every query of its thread.
let sharedEngine: QueryEngine | undefined;

/**
 * Comunica over quads in memory. It is given no URL and the algebra holds no SERVICE, FROM or
 * update, so it has nothing to dereference.
 */
export async function evaluate(
  algebra: Operation,
  quads: Iterable<Quad>,
  maxRows: number,
): Promise<Solutions> {
  sharedEngine ??= new QueryEngine();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const query = algebra as unknown as EngineQuery;
  // The assertion joins two descriptions of one structure: ours has plain strings for its enums.
  const store = new Store();
  for (const quad of quads) store.addQuad(quad);
  const context = { sources: [store] as [Store] };
  if (algebra.type === 'ask') {
    const boolean = await sharedEngine.queryBoolean(query, context);
    return { rows: [], truncated: false, boolean };
  }
  const rows: Record<string, Term>[] = [];
  const bindings = await sharedEngine.queryBindings(query, context);
  for await (const solution of bindings) {
    if (rows.length === maxRows) {
      bindings.destroy();
      return { rows, truncated: true };
    }
    rows.push(Object.fromEntries([...solution].map(([{ value }, term]) => [value, term])));
  }
  return { rows, truncated: false };
}

import type {
  AnsweringDocument,
  MissingSource,
  Query,
  QueryPod,
} from '../../shared/query/index.ts';

/** The values of a solution as text; an unbound variable is absent. */
export type TextRow = Readonly<Record<string, string>>;

/** An answered question: what was asked, and what it rests on. */
export interface Asked {
  readonly sparql: string;
  readonly rows: readonly TextRow[];
  readonly documents: readonly AnsweringDocument[];
  readonly pushedDown: readonly string[];
}

/** Asks some pods, and remembers what could not be asked. */
export interface Asking {
  ask(sparql: string): Promise<Asked>;
  readonly missing: () => readonly MissingSource[];
}

// A year of ten-minute blocks from three sensors, and ten minutes for a slow host.
const limits = { maxResults: 200_000, timeoutMs: 600_000 };

export function asking(query: Query, pods: readonly QueryPod[], signal?: AbortSignal): Asking {
  const missing = new Map<string, MissingSource>();
  return {
    missing: () => [...missing.values()],
    async ask(sparql) {
      const answer = await query(sparql, pods, {
        limits,
        ...(signal === undefined ? {} : { signal }),
      });
      for (const source of answer.missing) missing.set(`${source.pod} ${source.url}`, source);
      const rows = answer.rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value])),
      );
      if (answer.truncated) throw new RangeError('The range of days is too long for one report.');
      return { sparql, rows, documents: answer.documents, pushedDown: answer.pushedDown };
    },
  };
}

import type { JSX } from 'preact';
import type { AnsweringDocument } from '../../shared/query/index.ts';
import type { InsightMethod } from '../compute/insights-types.ts';
import { Provenance, sourcesInWords } from './provenance.tsx';

/** A question that a card asked besides those of its insight: the course of a day. */
export interface AskedBeside {
  readonly sparql: string;
  readonly documents: readonly AnsweringDocument[];
  readonly pushedDown: readonly string[];
}

/** What an insight rests on. */
export interface BasisProps {
  readonly insight: InsightMethod;
  /** How many of what: "1,440 readings". */
  readonly n: string;
  readonly beside?: AskedBeside | undefined;
}

/** The foot of every card: n, method with its source, the queries, and the documents that answered. */
export function Basis({ insight, n, beside }: BasisProps): JSX.Element {
  const queries = [...insight.queries, ...(beside === undefined ? [] : [beside.sparql])];
  const documents = unique([...insight.documents, ...(beside?.documents ?? [])]);
  return (
    <div class="basis">
      <p>
        <abbr title="number of observations">n</abbr> = {n}
      </p>
      <details class="disclosure">
        <summary>How this is computed</summary>
        <p>{insight.method}</p>
        <p>Source: {insight.source}</p>
        {queries.map((sparql) => (
          <div key={sparql} class="asked">
            <pre class="code-block" tabIndex={0} role="group" aria-label="SPARQL query">
              {sparql}
            </pre>
            <a href={`/query?query=${encodeURIComponent(sparql)}`}>Open this query</a>
          </div>
        ))}
      </details>
      <details class="disclosure">
        <summary>From {sourcesInWords({ documents })}</summary>
        <Provenance documents={documents} pushedDown={beside?.pushedDown ?? []} />
      </details>
    </div>
  );
}

function unique(documents: readonly AnsweringDocument[]): readonly AnsweringDocument[] {
  return [...new Map(documents.map((document) => [document.url, document])).values()];
}

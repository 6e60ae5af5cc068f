import type { JSX } from 'preact';
import type { AnsweringDocument } from '../../shared/query/query-types.ts';
import { Provenance, sourcesInWords } from './provenance.tsx';

/** What an insight rests on. */
export interface BasisProps {
  /** How it is computed, in a sentence. */
  readonly method: string;
  /** Where the method comes from. */
  readonly methodSource?: string | undefined;
  /** How many of what: "1,440 readings". */
  readonly n: string;
  readonly sparql: string;
  readonly documents: readonly AnsweringDocument[];
  readonly pushedDown?: readonly string[];
}

/** The foot of every card: method, n, the query, and the documents that answered. */
export function Basis(props: BasisProps): JSX.Element {
  const { method, methodSource, n, sparql, documents, pushedDown = [] } = props;
  return (
    <div class="basis">
      <p>
        <span class="label">n</span> = {n}
      </p>
      <details class="disclosure">
        <summary>How this is computed</summary>
        <p>{method}</p>
        {methodSource === undefined ? null : <p>Source: {methodSource}</p>}
        <pre class="code-block" tabIndex={0}>
          {sparql}
        </pre>
        <p>
          <a href={`/query?query=${encodeURIComponent(sparql)}`}>Open this query</a>
        </p>
      </details>
      <details class="disclosure">
        <summary>From {sourcesInWords({ documents })}</summary>
        <Provenance documents={documents} pushedDown={pushedDown} />
      </details>
    </div>
  );
}

import type { JSX } from 'preact';
import type { QueryAnswer } from '../../shared/query/query-types.ts';
import { Notice } from '../../shared/web/card.tsx';
import { DataTable } from '../../shared/web/data-table.tsx';

type Sources = Pick<QueryAnswer, 'documents' | 'pushedDown' | 'missing'>;

const forms = { rollup: 'daily statistics', series: 'series', plain: 'records' } as const;

/** A size as people read it. */
export function byteWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000
    ? `${(bytes / 1000).toFixed(1)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** In one line: how many documents of which pods an answer rests on. */
export function sourcesInWords({ documents }: Pick<Sources, 'documents'>): string {
  if (documents.length === 0) return 'no document';
  const pods = [...new Set(documents.map(({ pod }) => pod))].toSorted();
  const bytes = documents.reduce((sum, document) => sum + document.bytes, 0);
  const count = documents.length === 1 ? '1 document' : `${documents.length} documents`;
  return `${count} (${byteWords(bytes)}) in ${pods.join(' and ')}`;
}

/** Which documents answered, what was computed on columns. */
export function Provenance({ documents, pushedDown }: Omit<Sources, 'missing'>): JSX.Element {
  return (
    <div class="provenance">
      {documents.length === 0 ? (
        <p>No document was needed, or none holds what was asked for.</p>
      ) : (
        <DataTable
          caption="Documents this answer rests on"
          columns={[
            { heading: 'Document' },
            { heading: 'Pod' },
            { heading: 'Form' },
            { heading: 'Size', numeric: true },
            { heading: 'Fetched' },
          ]}
          rows={documents.map(({ url, pod, form, bytes, fromCache }) => [
            <span class="address">{url}</span>,
            pod,
            forms[form],
            byteWords(bytes),
            fromCache ? 'unchanged since before' : 'now',
          ])}
        />
      )}
      {pushedDown.length === 0 ? null : (
        <>
          <p class="label">
            Computed straight on the series, without making triples of each reading:
          </p>
          <ul class="plain-list">
            {pushedDown.map((part) => (
              <li key={part}>{part}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** Says which pods could not be asked; nothing when all could. */
export function MissingNotice({ missing }: Pick<Sources, 'missing'>): JSX.Element | null {
  if (missing.length === 0) return null;
  const pods = [...new Set(missing.map(({ pod }) => pod))].toSorted();
  return (
    <Notice
      tone="warn"
      title={`This is only a part: ${pods.join(' and ')} could not be read in full`}
    >
      <p>What you see comes from the rest. Load the page again in a moment.</p>
      <details class="disclosure">
        <summary>What is missing, and why</summary>
        <DataTable
          caption="What could not be read"
          columns={[{ heading: 'Document or pod' }, { heading: 'Reason' }]}
          rows={missing.map(({ url, reason }) => [<span class="address">{url}</span>, reason])}
        />
      </details>
    </Notice>
  );
}

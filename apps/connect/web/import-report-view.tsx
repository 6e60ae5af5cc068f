import type { JSX } from 'preact';
import { Card, Notice } from '../../shared/web/card.tsx';
import { DataTable } from '../../shared/web/data-table.tsx';
import { Figures } from '../../shared/web/figures.tsx';
import type { ImportReport } from './import-ports.ts';

const number = new Intl.NumberFormat('en');

/** What an import did, in numbers: added, already there, conflicting, left out. */
export function ImportReportView({ report }: { readonly report: ImportReport }): JSX.Element {
  const total = (of: 'added' | 'duplicates' | 'conflicts'): number =>
    report.signals.reduce((sum, signal) => sum + signal[of], 0);
  const added = total('added');
  return (
    <>
      <Notice
        tone="good"
        title={added === 0 ? 'Everything was already there' : `${number.format(added)} added`}
      >
        <p>
          {added === 0
            ? 'Nothing in your pod was changed.'
            : 'The readings and their daily summaries are in your pod.'}
        </p>
      </Notice>
      <Card title="What went into your pod">
        <Figures
          figures={[
            { label: 'Added', value: number.format(added) },
            { label: 'Already there', value: number.format(total('duplicates')) },
            { label: 'Conflicts', value: number.format(total('conflicts')) },
            { label: 'Files left out', value: number.format(report.skippedFiles.length) },
          ]}
        />
        <DataTable
          caption="Added, already there and conflicting, by kind"
          columns={[
            { heading: 'Kind' },
            { heading: 'Added', numeric: true },
            { heading: 'Already there', numeric: true },
            { heading: 'Conflicts', numeric: true },
          ]}
          rows={report.signals.map(({ label, added: fresh, duplicates, conflicts }) => [
            label,
            number.format(fresh),
            number.format(duplicates),
            number.format(conflicts),
          ])}
        />
        {total('conflicts') === 0 ? null : (
          <p class="hint">
            A conflict is one instant with two values from the same source; the greater one is kept,
            whichever came first.
          </p>
        )}
      </Card>
      <Remarks report={report} />
      <div class="actions">
        <a class="button" href="/">
          See your days
        </a>
        <a class="button button-quiet" href="/upload">
          Import another export
        </a>
      </div>
    </>
  );
}

function Remarks({ report }: { readonly report: ImportReport }): JSX.Element | null {
  const { warnings, skippedFiles } = report;
  if (warnings.length === 0 && skippedFiles.length === 0) return null;
  return (
    <Card title="Worth knowing">
      {warnings.length === 0 ? null : (
        <ul class="plain-list">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      {skippedFiles.length === 0 ? null : (
        <details class="disclosure">
          <summary>{skippedFiles.length} files left out</summary>
          <DataTable
            caption="Files left out"
            columns={[{ heading: 'File' }, { heading: 'Why' }]}
            rows={skippedFiles.map(({ path, reason }) => [path, reason])}
          />
        </details>
      )}
    </Card>
  );
}

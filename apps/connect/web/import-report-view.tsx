import type { JSX } from 'preact';
import { Card, Notice } from '../../shared/web/card.tsx';
import { DataTable } from '../../shared/web/data-table.tsx';
import { Figures } from '../../shared/web/figures.tsx';
import type { ImportReport } from '../index.ts';
import { durationWords } from './job-progress.ts';

const number = new Intl.NumberFormat('en');

/** What an import did, in numbers: added, already there, conflicting, left out. */
export function ImportReportView({ report }: { readonly report: ImportReport }): JSX.Element {
  const total = (of: 'added' | 'duplicates' | 'conflicts'): number =>
    report.signals.reduce((sum, signal) => sum + signal[of], 0);
  return (
    <>
      <Headline report={report} added={total('added')} />
      <Card title="What went into your pod" aside={span(report)}>
        <Figures
          figures={[
            { label: 'Readings added', value: number.format(total('added')) },
            { label: 'Already there', value: number.format(total('duplicates')) },
            { label: 'Conflicts', value: number.format(total('conflicts')) },
            { label: 'Sleeps', value: number.format(report.sleepEpisodes) },
            { label: 'Stress episodes', value: number.format(report.stressEpisodes) },
            { label: 'Daily summaries', value: number.format(report.dailySummaries) },
          ]}
        />
        <DataTable
          caption="Added, already there and conflicting, by signal"
          columns={[
            { heading: 'Signal' },
            { heading: 'Days', numeric: true },
            { heading: 'Added', numeric: true },
            { heading: 'Already there', numeric: true },
            { heading: 'Conflicts', numeric: true },
          ]}
          rows={report.signals.map(({ label, days, added, duplicates, conflicts }) => [
            label,
            number.format(days),
            number.format(added),
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
      <p class="hint">
        {number.format(report.documentsWritten)} documents written,{' '}
        {number.format(report.documentsUnchanged)} unchanged, in {durationWords(report.elapsedMs)}.
        Times are read in {report.timeZone.replaceAll('_', ' ')}.
      </p>
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

interface HeadlineProps {
  readonly report: ImportReport;
  readonly added: number;
}

function Headline({ report, added }: HeadlineProps): JSX.Element {
  if (report.documentsWritten > 0)
    return (
      <Notice tone="good" title={added === 0 ? 'Added' : `${number.format(added)} readings added`}>
        <p>They are in your pod, with their statistics by day and hour.</p>
      </Notice>
    );
  if (report.documentsUnchanged > 0)
    return (
      <Notice tone="good" title="Everything was already there">
        <p>Nothing in your pod was changed.</p>
      </Notice>
    );
  return (
    <Notice tone="warn" title="There was nothing to import">
      <p>The files are of a kind we know, but hold no readings.</p>
    </Notice>
  );
}

/** First and last day with readings. */
function span({ signals }: ImportReport): string | undefined {
  const first = signals.map(({ firstDay }) => firstDay).toSorted()[0];
  const last = signals
    .map(({ lastDay }) => lastDay)
    .toSorted()
    .at(-1);
  return first === undefined || last === undefined ? undefined : `${first} to ${last}`;
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
          <summary>Files left out: {skippedFiles.length}</summary>
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

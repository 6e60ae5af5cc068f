import { signals, type SignalName } from '../../vocab/index.ts';
import type { SkippedFile } from './export/open-export.ts';
import { daysCovered, type PersonSeries } from './person-data.ts';
import type { ReadExport } from './read-export.ts';
import type { MergeCounts } from './store/document-task.ts';

/** What an import did with one signal of one source. */
export interface SignalReport {
  readonly signal: SignalName;
  readonly label: string;
  readonly source: string;
  /** Readings the pod did not have. */
  readonly added: number;
  /** Readings that stood in the export repeatedly, or were in the pod already. */
  readonly duplicates: number;
  /** Instants told with two values; the greater was kept. */
  readonly conflicts: number;
  /** Local days with readings. */
  readonly days: number;
  readonly firstDay: string;
  readonly lastDay: string;
}

/** What an import did, or in a dry run would do. */
export interface ImportReport {
  /** The export, as the user calls it. */
  readonly name: string;
  /** Absent when the files held nobody's data. */
  readonly person?: string;
  readonly timeZone: string;
  readonly isDryRun: boolean;
  readonly signals: readonly SignalReport[];
  readonly sleepEpisodes: number;
  readonly stressEpisodes: number;
  readonly dailySummaries: number;
  /** Documents changed or made, those of statistics included; the type index is not counted. */
  readonly documentsWritten: number;
  readonly documentsUnchanged: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly skippedFiles: readonly SkippedFile[];
  /** In plain words; never a reading. */
  readonly warnings: readonly string[];
  readonly elapsedMs: number;
}

/** The signals of an import, given what became of its readings in the pod. */
export function signalReports(
  series: readonly PersonSeries[],
  countsOf: (series: PersonSeries) => MergeCounts | undefined,
): readonly SignalReport[] {
  return series.map((each) => {
    const { added = 0, duplicates = 0, conflicts = 0 } = countsOf(each) ?? {};
    const days = daysCovered(each.columns);
    return {
      signal: each.signal,
      label: signals[each.signal].label,
      source: each.source,
      added,
      duplicates: duplicates + each.duplicates,
      conflicts: conflicts + each.conflicts,
      days: days.length,
      firstDay: days[0] ?? '',
      lastDay: days.at(-1) ?? '',
    };
  });
}

/** What a user should know about the data itself. */
export function dataWarnings({ data, person, wallClockSources }: ReadExport): readonly string[] {
  const isEmpty = data.series.length + data.summaries.length + data.sleep.length === 0;
  return [
    ...data.warnings,
    ...(isEmpty && person === undefined ? ['The files hold no readings.'] : []),
    // Sessions of an hour have gaps by their nature; a wristband that is always worn has not.
    ...data.series.filter(({ source }) => wallClockSources.has(source)).flatMap(gapWarning),
  ];
}

function gapWarning({ signal, columns }: PersonSeries): readonly string[] {
  const days = daysCovered(columns);
  const dayMs = 86_400_000;
  const span = (Date.parse(days.at(-1) ?? '') - Date.parse(days[0] ?? '')) / dayMs + 1;
  const missing = span - days.length;
  if (!(missing > 0)) return [];
  return [`${signals[signal].label}: no readings on ${missing} of ${span} days.`];
}

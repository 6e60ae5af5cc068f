import { openMemoryPod } from '../../../adapters/index.ts';
import { importExport } from '../../connect/index.ts';
import { type InsightsReport, computeInsights } from '../../insights/compute/index.ts';
import { type QueryPod, createQuery } from '../../shared/query/index.ts';
import { CliError } from '../cli-error.ts';
import { type ExportFlags, exportOptions } from '../export-options.ts';
import { withImportProgress } from '../import-progress-display.ts';
import { storedPerson } from '../stored-person.ts';
import { textTable } from '../text-table.ts';

/** What `wellpod insights` takes. */
export interface InsightsFlags extends ExportFlags {
  readonly file?: string;
  readonly from?: string;
  readonly to?: string;
  readonly json: boolean;
}

/** Computes the insights from all pods of who is logged in, or from a file, and prints them. */
export async function runInsights(flags: InsightsFlags): Promise<void> {
  const range = rangeOf(flags);
  const pods = flags.file === undefined ? (await storedPerson()).pods : [await fromFile(flags)];
  const report = await computeInsights(createQuery(), pods, {
    ...range,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  console.log(flags.json ? JSON.stringify(report, null, 2) : told(report));
  for (const { pod, reason } of report.missing) console.error(`Missing: ${pod} (${reason})`);
}

/** An export in a pod that exists only in memory: the way of a reading is the same. */
async function fromFile({ file = '', ...flags }: InsightsFlags): Promise<QueryPod> {
  const pod = openMemoryPod();
  const storageUrl = 'https://memory.invalid/';
  await withImportProgress('Reading', (onProgress) =>
    importExport({ path: file }, { pod, storageUrl }, { ...exportOptions(flags), onProgress }),
  );
  return { name: file, storageUrl, pod };
}

function rangeOf({ from, to }: InsightsFlags): { from?: string; to?: string } {
  for (const day of [from, to])
    if (day !== undefined && !isDay(day))
      throw new CliError('usage', `${day} is not a day: write it as YYYY-MM-DD.`);
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function told({ days, week, blend }: InsightsReport): string {
  if (days.length === 0) return 'No days with readings.';
  const rows = days.map(({ date, steps, heartRate, restingHeartRate, sleep }) => [
    date,
    shown(steps),
    heartRate === null
      ? '–'
      : `${shown(heartRate.min)} / ${shown(heartRate.mean)} / ${shown(heartRate.max)}`,
    shown(restingHeartRate),
    shown(sleep?.asleepMinutes ?? null),
    shown(sleep?.inBedMinutes ?? null),
  ]);
  const header = ['day', 'steps', 'heart min/mean/max', 'resting', 'asleep min', 'in bed min'];
  return [
    textTable(header, rows),
    '',
    `Seven days to ${week.to ?? '–'} against the seven before:`,
    ...week.comparisons.map(
      ({ label, current, previous, unit, direction }) =>
        `  ${label}: ${shown(current.mean)} against ${shown(previous.mean)} ${unit} (n ${current.n} and ${previous.n}): ${direction}`,
    ),
    ...(blend === null ? [] : ['', blend.words]),
  ].join('\n');
}

function shown(value: number | null): string {
  return value === null ? '–' : String(Math.round(value * 10) / 10);
}

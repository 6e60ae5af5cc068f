import { type ImportReport, importExport, importTargetOf } from '../../connect/index.ts';
import { CliError } from '../cli-error.ts';
import { type ExportFlags, exportOptions } from '../export-options.ts';
import { withImportProgress } from '../import-progress-display.ts';
import { storedPerson } from '../stored-person.ts';
import { textTable } from '../text-table.ts';

/** What `wellpod import` takes. */
export interface ImportFlags extends ExportFlags {
  readonly storage?: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** Imports an export into the pod of who is logged in, and prints what it did. */
export async function runImport(path: string, flags: ImportFlags): Promise<void> {
  const person = await storedPerson();
  const target = importTargetOf(person, flags.storage ?? person.chosenStorage);
  if (target === undefined)
    throw new CliError(
      'usage',
      `${flags.storage} is none of your storages: ${person.pods.map(({ storageUrl }) => storageUrl).join(', ')}`,
    );
  const report = await withImportProgress('Importing', (onProgress) =>
    importExport({ path }, target, {
      ...exportOptions(flags),
      dryRun: flags.dryRun,
      onProgress,
    }),
  );
  console.log(flags.json ? JSON.stringify(report, null, 2) : told(report));
}

function told(report: ImportReport): string {
  const rows = report.signals.map((signal) => [
    signal.label,
    signal.source,
    String(signal.added),
    String(signal.duplicates),
    String(signal.conflicts),
    `${signal.firstDay} … ${signal.lastDay}`,
  ]);
  const { documentsWritten, documentsUnchanged, isDryRun } = report;
  return [
    ...(rows.length > 0
      ? [textTable(['signal', 'source', 'added', 'known', 'conflicts', 'days'], rows), '']
      : []),
    `${report.sleepEpisodes} sleeps, ${report.stressEpisodes} stress marks, ${report.dailySummaries} daily summaries.`,
    isDryRun
      ? `Nothing was written. ${documentsWritten} documents would change, ${documentsUnchanged} would not.`
      : `${documentsWritten} documents written, ${documentsUnchanged} had nothing new.`,
    ...report.skippedFiles.map(({ path, reason }) => `Left out: ${path} (${reason})`),
    ...report.warnings.map((warning) => `Note: ${warning}`),
  ].join('\n');
}

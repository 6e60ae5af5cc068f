import type { PodAdapter } from '../../adapters/index.ts';
import { layoutRegistrations, registerContainers } from '../shared/catalog/index.ts';
import type { ExportLimits } from './export/limits.ts';

import { progressTeller, type ImportProgress, type ProgressTeller } from './import-progress.ts';
import { dataWarnings, signalReports, type ImportReport } from './import-report.ts';
import { securePrivateTarget } from './private-target.ts';
import { readExport, type ExportOrigin, type ReadExport } from './read-export.ts';
import type { TagReading } from './sources/connector.ts';
import { importFailure } from './store/pod-failure.ts';
import type { Wait } from './store/read-existing.ts';
import { seriesKey, storeImport } from './store/store-import.ts';
import type { StoredImport } from './store/storing.ts';

/** The storage that an import goes to. */
export interface ImportTarget {
  readonly pod: PodAdapter;
  readonly storageUrl: string;
  /** Its owner; without one (a store in memory) no type index is kept. */
  readonly webId?: string;
  /** Reaches the owner's profile where that lies in another storage than `pod`. */
  readonly profilePod?: PodAdapter;
}

export interface ImportOptions {
  /** IANA zone of the wearer, for exports in wall-clock time; the machine's when absent. */
  readonly timeZone?: string;
  /** Whose data, where the export holds several people. */
  readonly person?: string;
  /** What presses of the Empatica's button mean. Default: moments. */
  readonly tags?: TagReading;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Requests in flight. Default 8. */
  readonly concurrency?: number;
  /** Reads, merges and reports, and writes nothing. */
  readonly dryRun?: boolean;
  readonly limits?: ExportLimits;
  /** Waits before an attempt (2, 3, …), with what the host asked for; backs off when absent. */
  readonly wait?: Wait;
  /** UTC epoch milliseconds. */
  readonly nowMs?: () => number;
}

/**
 * Imports one person's data from an export into a pod. The whole export is read and checked before
 * the first write; each document is written complete or not at all; and the same import again
 * writes nothing, or what an interrupted one left out.
 * @throws ImportError, whose message is meant for the user.
 */
export async function importExport(
  origin: ExportOrigin,
  target: ImportTarget,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const nowMs = options.nowMs ?? Date.now;
  const startMs = nowMs();
  const progress = progressTeller(options.onProgress, nowMs);
  try {
    const read = await readWithProgress(origin, options, progress);
    const stored = await store(read, target, { options, progress });
    return { ...reportOf(read, stored, options), elapsedMs: nowMs() - startMs };
  } catch (error) {
    const { documentsWritten, documentsTotal } = progress.state;
    throw importFailure(error, {
      documentsDone: documentsWritten,
      documentsTotal,
      ...(options.signal && { signal: options.signal }),
    });
  }
}

function readWithProgress(
  origin: ExportOrigin,
  { timeZone, person, tags, signal, limits }: ImportOptions,
  progress: ProgressTeller,
): Promise<ReadExport> {
  return readExport(origin, {
    ...(timeZone !== undefined && { timeZone }),
    ...(person !== undefined && { person }),
    ...(tags !== undefined && { tags }),
    ...(signal && { signal }),
    ...(limits && { limits }),
    onProgress: (doneBytes, totalBytes, readings) =>
      progress.update({ doneBytes, totalBytes, readings }),
  });
}

async function store(
  read: ReadExport,
  target: ImportTarget,
  { options, progress }: { readonly options: ImportOptions; readonly progress: ProgressTeller },
): Promise<StoredImport> {
  const { signal, wait, dryRun = false, concurrency = 8 } = options;
  const isEmpty = read.data.sensors.length === 0;
  if (!dryRun && !isEmpty) await securePrivateTarget(target, signal);
  const stored = await storeImport(read, target, {
    dryRun,
    concurrency,
    signal,
    progress,
    ...(wait && { wait }),
  });
  if (dryRun || isEmpty) return stored;
  progress.update({ phase: 'registering' });
  const registered = await registerContainers(
    target,
    layoutRegistrations(target.storageUrl),
    signal && { signal },
  );
  return { ...stored, warnings: [...stored.warnings, ...registered.warnings] };
}

function reportOf(
  read: ReadExport,
  stored: StoredImport,
  { dryRun = false }: ImportOptions,
): Omit<ImportReport, 'elapsedMs'> {
  const { data } = read;
  return {
    name: read.name,
    ...(read.person !== undefined && { person: read.person }),
    timeZone: read.zone.timeZone,
    isDryRun: dryRun,
    signals: signalReports(data.series, (series) => stored.counts.get(seriesKey(series))),
    sleepEpisodes: data.sleep.length,
    stressEpisodes: data.stress.length,
    dailySummaries: data.summaries.length,
    documentsWritten: stored.documentsWritten,
    documentsUnchanged: stored.documentsUnchanged,
    bytesRead: read.totalBytes,
    bytesWritten: stored.bytesWritten,
    skippedFiles: read.skipped,
    warnings: [...dataWarnings(read), ...stored.warnings],
  };
}

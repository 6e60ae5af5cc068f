import type { PodAdapter } from '../../../adapters/index.ts';
import type { ProgressTeller } from '../import-progress.ts';
import type { ReadExport } from '../read-export.ts';
import type { DocumentTask, MergeCounts } from './document-task.ts';
import { inParallel } from './in-parallel.ts';
import { planDocuments, type SeriesTask } from './plan-documents.ts';
import { planRollups, type MonthRollups } from './plan-rollups.ts';
import {
  prepareDocument,
  storeDocument,
  type PreparedDocument,
  type StoredDocument,
} from './store-document.ts';

export interface StoreImportOptions {
  readonly dryRun: boolean;
  readonly concurrency: number;
  readonly signal: AbortSignal | undefined;
  readonly progress: ProgressTeller;
}

/** What became of an import in the pod. */
export interface StoredImport {
  /** By signal and source, as `seriesKey` makes them one. */
  readonly counts: ReadonlyMap<string, MergeCounts>;
  readonly documentsWritten: number;
  readonly documentsUnchanged: number;
  readonly bytesWritten: number;
  readonly warnings: readonly string[];
}

/** One key for a signal of a source. */
export function seriesKey(series: { readonly signal: string; readonly source: string }): string {
  return `${series.signal} ${series.source}`;
}

/**
 * Brings what was read into the pod: first everything is compared, so that a document that cannot
 * be merged stops the import before the first write; then series, their rollups, and the rest.
 * @throws PodError, ImportError.
 */
export async function storeImport(
  read: ReadExport,
  target: { readonly pod: PodAdapter; readonly storageUrl: string },
  options: StoreImportOptions,
): Promise<StoredImport> {
  const storing = new Storing(target.pod, options);
  const plan = planDocuments(read, target.storageUrl);
  const years = planRollups(plan.series.map(withoutRollups), target.storageUrl);
  const documentsTotal = plan.series.length + years.length + plan.others.length;
  options.progress.update({ phase: 'comparing', documentsTotal });
  const series = await storing.prepare(plan.series);
  const others = await storing.prepare(plan.others);

  options.progress.update({ phase: 'writing', documentsDone: 0 });
  const months: MonthRollups[] = [];
  const counts = new Map<string, MergeCounts>();
  await storing.store(series, ({ signal, source, month }, { merged }) => {
    const { rollups, wasDamaged } = merged;
    if (rollups !== undefined) {
      months.push({ signal, source, month, rollups, isMadeAnew: wasDamaged });
    }
    const key = seriesKey({ signal, source });
    counts.set(key, sum(counts.get(key) ?? nothing, merged.counts ?? nothing));
  });
  await storing.store(await storing.prepare(planRollups(months, target.storageUrl)));
  await storing.store(others);
  return { counts, ...storing.outcome };
}

/** Enough of a month to know which documents its statistics go to. */
function withoutRollups({ signal, source, month }: SeriesTask): MonthRollups {
  return { signal, source, month, rollups: { days: [], hours: [] }, isMadeAnew: false };
}

const nothing: MergeCounts = { added: 0, duplicates: 0, conflicts: 0 };

function sum(a: MergeCounts, b: MergeCounts): MergeCounts {
  return {
    added: a.added + b.added,
    duplicates: a.duplicates + b.duplicates,
    conflicts: a.conflicts + b.conflicts,
  };
}

class Storing {
  readonly #pod: PodAdapter;
  readonly #options: StoreImportOptions;
  #documentsWritten = 0;
  #documentsUnchanged = 0;
  #bytesWritten = 0;
  #damaged = 0;

  constructor(pod: PodAdapter, options: StoreImportOptions) {
    this.#pod = pod;
    this.#options = options;
  }

  get outcome(): Omit<StoredImport, 'counts'> {
    return {
      documentsWritten: this.#documentsWritten,
      documentsUnchanged: this.#documentsUnchanged,
      bytesWritten: this.#bytesWritten,
      warnings:
        this.#damaged === 0
          ? []
          : [
              'Documents in the pod that were cut short or changed by hand, and were made anew from ' +
                `this export: ${this.#damaged}.`,
            ],
    };
  }

  async prepare<Task extends DocumentTask>(
    tasks: readonly Task[],
  ): Promise<readonly PreparedDocument<Task>[]> {
    const prepared: PreparedDocument<Task>[] = [];
    await inParallel(tasks, this.#options.concurrency, async (task) => {
      prepared.push(await prepareDocument(task, this.#storeOptions()));
      this.#countDone('comparing');
    });
    return prepared;
  }

  async store<Task extends DocumentTask>(
    prepared: readonly PreparedDocument<Task>[],
    onStored?: (task: Task, stored: StoredDocument) => void,
  ): Promise<void> {
    const { concurrency, dryRun } = this.#options;
    await inParallel(prepared, concurrency, async (each) => {
      const stored = dryRun
        ? { merged: each.merged, writtenBytes: bytesToWrite(each) }
        : await storeDocument(each, this.#storeOptions());
      if (stored.writtenBytes > 0) this.#documentsWritten += 1;
      else this.#documentsUnchanged += 1;
      if (stored.merged.wasDamaged) this.#damaged += 1;
      this.#bytesWritten += stored.writtenBytes;
      onStored?.(each.task, stored);
      this.#countDone('writing');
    });
  }

  #countDone(phase: 'comparing' | 'writing'): void {
    const { progress } = this.#options;
    // The statistics are compared in between, when their series are written.
    if (progress.state.phase !== phase) return;
    progress.update({
      documentsDone: progress.state.documentsDone + 1,
      documentsWritten: this.#options.dryRun ? 0 : this.#documentsWritten,
    });
  }

  #storeOptions() {
    const { signal } = this.#options;
    return { pod: this.#pod, ...(signal && { signal }) };
  }
}

function bytesToWrite({ merged }: PreparedDocument): number {
  return merged.isSame ? 0 : Buffer.byteLength(merged.turtle);
}

import type { PodAdapter } from '../../../adapters/index.ts';
import { parseDocumentUrl } from '../../shared/catalog/index.ts';
import type { ProgressTeller } from '../import-progress.ts';
import type { DocumentTask, MergeCounts, MergedDocument } from './document-task.ts';
import { inParallel } from './in-parallel.ts';
import type { StoreOptions, Wait } from './read-existing.ts';
import {
  prepareDocument,
  storeDocument,
  wouldStore,
  type PreparedDocument,
  type StoredDocument,
} from './store-document.ts';

export interface StoreTarget {
  readonly pod: PodAdapter;
  readonly storageUrl: string;
}

export interface StoreImportOptions {
  readonly dryRun: boolean;
  readonly concurrency: number;
  readonly signal: AbortSignal | undefined;
  readonly progress: ProgressTeller;
  /** Between attempts; backs off when absent. */
  readonly wait?: Wait;
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

/** Compares and writes documents, a few at a time, and keeps count. */
export class Storing {
  readonly #target: StoreTarget;
  readonly #options: StoreImportOptions;
  readonly #warnings: string[] = [];
  #documentsWritten = 0;
  #documentsUnchanged = 0;
  #bytesWritten = 0;

  constructor(target: StoreTarget, options: StoreImportOptions) {
    this.#target = target;
    this.#options = options;
  }

  get outcome(): Omit<StoredImport, 'counts'> {
    return {
      documentsWritten: this.#documentsWritten,
      documentsUnchanged: this.#documentsUnchanged,
      bytesWritten: this.#bytesWritten,
      warnings: this.#warnings.toSorted(),
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
      const stored = dryRun ? wouldStore(each) : await storeDocument(each, this.#storeOptions());
      if (stored.writtenBytes > 0) this.#documentsWritten += 1;
      else this.#documentsUnchanged += 1;
      this.#bytesWritten += stored.writtenBytes;
      if (stored.keptUrl !== undefined) this.#warnOfDamage(each.task, stored, stored.keptUrl);
      onStored?.(each.task, stored);
      this.#countDone('writing');
    });
  }

  #warnOfDamage({ url }: DocumentTask, { merged }: StoredDocument, keptUrl: string): void {
    const name = (of: string): string => of.slice(this.#target.storageUrl.length);
    this.#warnings.push(
      `${name(url)} in your pod was cut short, or changed by another program. ` +
        `${becameOf(url, merged)} What it said is kept in ${name(keptUrl)}.`,
    );
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

  #storeOptions(): StoreOptions {
    const { signal, wait } = this.#options;
    return { pod: this.#target.pod, ...(signal && { signal }), ...(wait && { wait }) };
  }
}

function becameOf(url: string, { isMadeAnew }: MergedDocument): string {
  if (parseDocumentUrl(url)?.kind === 'rollup') return 'It was made anew from your readings.';
  if (!isMadeAnew) return 'All that could be read of it was taken over.';
  return 'It could not be read and now holds this export alone: import older ones again to complete it.';
}

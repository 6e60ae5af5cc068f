import { problemOf, type Problem } from '../../shared/web/problem.ts';
import {
  ImportError,
  type ExportInput,
  type ImportOptions,
  type ImportProgress,
  type ImportReport,
  type ImportTarget,
  type TagReading,
  type UploadSpool,
} from '../index.ts';

/** Where a job stands. */
export type JobState =
  | { readonly kind: 'running'; readonly progress: ImportProgress | undefined }
  | { readonly kind: 'choosing'; readonly people: readonly string[] }
  | { readonly kind: 'done'; readonly report: ImportReport }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** Imports, as `importExport` does. */
export type RunImport = (
  origin: ExportInput,
  target: ImportTarget,
  options: ImportOptions,
) => Promise<ImportReport>;

/** What a job is made of. */
export interface JobPlan {
  readonly id: string;
  /** Only this WebID may see the job. */
  readonly owner: string;
  /** What the user calls the export. */
  readonly name: string;
  readonly spool: UploadSpool;
  readonly target: ImportTarget;
  /** What the user calls the storage. */
  readonly targetName: string;
  readonly timeZone: string;
  readonly tags: TagReading;
  readonly run: RunImport;
  readonly nowMs: () => number;
}

/** One import in the background: can be watched, answered, and stopped. */
export class ImportJob {
  readonly plan: JobPlan;
  readonly startedMs: number;
  #state: JobState = { kind: 'running', progress: undefined };
  #abort = new AbortController();
  readonly #watchers = new Set<() => void>();

  constructor(plan: JobPlan) {
    this.plan = plan;
    this.startedMs = plan.nowMs();
  }

  get state(): JobState {
    return this.#state;
  }

  get isOver(): boolean {
    return this.#state.kind === 'done' || this.#state.kind === 'failed';
  }

  /** Runs to the next point where somebody is needed: the end, or a choice. Never rejects. */
  async start(person?: string): Promise<void> {
    const { name, spool, target, timeZone, tags, run } = this.plan;
    this.#abort = new AbortController();
    this.#become({ kind: 'running', progress: undefined });
    try {
      const report = await run(spool.input(name), target, {
        timeZone,
        tags,
        ...(person === undefined ? {} : { person }),
        signal: this.#abort.signal,
        onProgress: (progress) => this.#become({ kind: 'running', progress }),
      });
      await this.#end({ kind: 'done', report });
    } catch (error) {
      const people = choiceOf(error);
      if (people === undefined) await this.#end({ kind: 'failed', problem: problemOf(error) });
      else this.#become({ kind: 'choosing', people });
    }
  }

  /** Stops a running job; what it wrote stays and is not doubled by the next import. */
  async cancel(): Promise<void> {
    if (this.#state.kind === 'running') this.#abort.abort(new ImportError('IMPORT_CANCELLED', ''));
    else if (this.#state.kind === 'choosing')
      await this.#end({
        kind: 'failed',
        problem: problemOf(new ImportError('IMPORT_CANCELLED', 'nothing was imported.')),
      });
  }

  /** Calls `watcher` at every change until the returned function is called. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  async #end(state: JobState): Promise<void> {
    await this.plan.spool.discard();
    this.#become(state);
  }

  #become(state: JobState): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }
}

function choiceOf(error: unknown): readonly string[] | undefined {
  return error instanceof ImportError && error.code === 'IMPORT_PERSON_AMBIGUOUS'
    ? error.people
    : undefined;
}

import { ImportJob, type JobPlan } from './import-job.ts';

/** How many jobs are remembered, and for how long after they were started. */
export interface JobLimits {
  readonly maxPerOwner: number;
  readonly keptMs: number;
}

/** The imports of this process. Kept in memory only: a report is about the pod, not stored beside it. */
export class ImportJobs {
  readonly #jobs = new Map<string, ImportJob>();
  readonly #limits: JobLimits;
  readonly #nowMs: () => number;

  constructor(limits: JobLimits, nowMs: () => number) {
    this.#limits = limits;
    this.#nowMs = nowMs;
  }

  /** Starts a job in the background. */
  start(plan: Omit<JobPlan, 'nowMs'>): ImportJob {
    this.#forget(plan.owner);
    const job = new ImportJob({ ...plan, nowMs: this.#nowMs });
    this.#jobs.set(plan.id, job);
    void job.start();
    return job;
  }

  /** A job of this owner; another's is as absent as one that never was. */
  find(id: string, owner: string): ImportJob | undefined {
    const job = this.#jobs.get(id);
    return job?.plan.owner === owner ? job : undefined;
  }

  /** Newest first. */
  of(owner: string): readonly ImportJob[] {
    return [...this.#jobs.values()].filter((job) => job.plan.owner === owner).toReversed();
  }

  /** Stops everything and removes what is spooled. */
  async close(): Promise<void> {
    await Promise.all([...this.#jobs.values()].map((job) => job.cancel()));
  }

  #forget(owner: string): void {
    const old = this.#nowMs() - this.#limits.keptMs;
    for (const [id, job] of this.#jobs)
      if (job.startedMs < old && job.state.kind !== 'running') this.#drop(id, job);
    const surplus = this.of(owner)
      .filter((job) => job.state.kind !== 'running')
      .slice(this.#limits.maxPerOwner - 1);
    for (const job of surplus) this.#drop(job.plan.id, job);
  }

  #drop(id: string, job: ImportJob): void {
    this.#jobs.delete(id);
    // A job that waits for an answer still holds its files.
    void job.cancel();
  }
}

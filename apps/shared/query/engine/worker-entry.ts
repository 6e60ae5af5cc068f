import { parentPort } from 'node:worker_threads';
import { runPlainJob, type PlainJob } from './plain-job.ts';

/** What the thread answers a job with. */
export type WorkerReply =
  { readonly solutions: Awaited<ReturnType<typeof runPlainJob>> } | { readonly failure: string };

// The thread is terminated where a query takes too long, so it does nothing but evaluate.
// oxlint-disable unicorn/require-post-message-target-origin -- a port of a thread has no origin
parentPort?.on('message', (job: PlainJob) => {
  runPlainJob(job).then(
    (solutions) => parentPort?.postMessage({ solutions } satisfies WorkerReply),
    (error: unknown) => {
      const failure = error instanceof Error ? error.message : 'unknown';
      parentPort?.postMessage({ failure } satisfies WorkerReply);
    },
  );
});

import type { ImportJob } from './import-job.ts';

/** A running job in a form to show and to send. */
export interface JobProgress {
  readonly kind: ImportJob['state']['kind'];
  /** 0 to 100; absent while there is no telling. */
  readonly percent?: number;
  readonly words: string;
}

const number = new Intl.NumberFormat('en');

/** How far a job is, with the time left in words. */
export function progressOf(job: ImportJob): JobProgress {
  const { state, etaMs } = job;
  if (state.kind !== 'running') return { kind: state.kind, percent: 100, words: '' };
  if (state.progress === undefined) return { kind: state.kind, words: 'Looking through the files' };
  const { doneBytes, totalBytes, readings } = state.progress;
  const percent = totalBytes === 0 ? 0 : Math.min(99, Math.floor((doneBytes / totalBytes) * 100));
  const left = etaMs === undefined ? '' : ` · about ${durationWords(etaMs)} left`;
  return {
    kind: state.kind,
    percent,
    words: `${percent} % · ${number.format(readings)} readings${left}`,
  };
}

/** A duration as people say it: seconds below a minute and a half, then minutes, then hours. */
export function durationWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}

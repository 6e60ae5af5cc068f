import type { ImportPhase, ImportProgress } from '../index.ts';
import type { ImportJob } from './import-job.ts';

/** A running job in a form to show and to send. */
export interface JobProgress {
  readonly kind: ImportJob['state']['kind'];
  /** 0 to 100; absent while there is no telling. */
  readonly percent?: number;
  readonly words: string;
}

const number = new Intl.NumberFormat('en');

const phases: Readonly<Record<ImportPhase, string>> = {
  reading: 'Reading the export',
  comparing: 'Comparing with your pod',
  writing: 'Writing to your pod',
  registering: 'Telling your pod where to find it',
};

// Where each phase begins and ends on the one bar: what people wait for is reading and writing.
const shares: Readonly<Record<ImportPhase, readonly [from: number, to: number]>> = {
  reading: [0, 50],
  comparing: [50, 60],
  writing: [60, 98],
  registering: [98, 99],
};

/** How far a job is, with the time its phase still takes in words. */
export function progressOf({ state }: Pick<ImportJob, 'state'>): JobProgress {
  if (state.kind !== 'running') return { kind: state.kind, percent: 100, words: '' };
  if (state.progress === undefined) return { kind: state.kind, words: 'Looking through the files' };
  const { progress } = state;
  const readings = progress.readings === 0 ? '' : ` · ${number.format(progress.readings)} readings`;
  const left =
    progress.etaMs === undefined || progress.etaMs < 1000
      ? ''
      : ` · about ${durationWords(progress.etaMs)} left`;
  return {
    kind: state.kind,
    percent: percentOf(progress),
    words: `${phases[progress.phase]}${readings}${left}`,
  };
}

function percentOf(progress: ImportProgress): number {
  const { phase, doneBytes, totalBytes, documentsDone, documentsTotal } = progress;
  const [done, total] =
    phase === 'reading' ? [doneBytes, totalBytes] : [documentsDone, documentsTotal];
  const [from, to] = shares[phase];
  const part = total === 0 ? 0 : Math.min(1, done / total);
  return Math.floor(from + (to - from) * part);
}

/** A duration as people say it: seconds below a minute and a half, then minutes, then hours. */
export function durationWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}

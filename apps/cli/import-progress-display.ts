import type { ImportPhase, ImportProgress } from '../connect/index.ts';
import { showProgress, spokenDuration } from './progress.ts';

// Shares of the whole, as measured on a month of one person: reading files takes longest.
const phases: Readonly<Record<ImportPhase, { readonly from: number; readonly to: number }>> = {
  reading: { from: 0, to: 0.7 },
  comparing: { from: 0.7, to: 0.8 },
  writing: { from: 0.8, to: 0.99 },
  registering: { from: 0.99, to: 1 },
};

/** Runs an import with its progress on standard error. */
export async function withImportProgress<T>(
  label: string,
  run: (onProgress: (progress: ImportProgress) => void) => Promise<T>,
): Promise<T> {
  const display = showProgress(label, { stream: process.stderr, nowMs: Date.now });
  try {
    return await run((progress) => display.update(fractionOf(progress), detailOf(progress)));
  } finally {
    display.stop();
  }
}

function fractionOf(progress: ImportProgress): number {
  const { from, to } = phases[progress.phase];
  const [done, total] =
    progress.phase === 'reading'
      ? [progress.doneBytes, progress.totalBytes]
      : [progress.documentsDone, progress.documentsTotal];
  return from + (to - from) * (total === 0 ? 0 : Math.min(1, done / total));
}

function detailOf({ phase, readings, etaMs }: ImportProgress): string {
  const left = etaMs === undefined ? '' : `, ${spokenDuration(etaMs)} left`;
  return `${phase}, ${readings.toLocaleString('en')} readings${left}`;
}

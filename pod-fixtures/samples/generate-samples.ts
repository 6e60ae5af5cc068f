import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeEmpaticaExport } from './empatica-export.ts';
import { writeFitabaseExport } from './fitabase-export.ts';
import { localClock } from './local-clock.ts';
import { samplePeople, sampleSpan, sampleTimeZone, type SamplePerson } from './people.ts';
import { liveThrough } from './timeline.ts';

/** One export of one synthetic person, ready to be imported. */
export interface SampleExport {
  readonly person: SamplePerson;
  readonly device: 'fitbit' | 'empatica-e4';
  /** The folder to import. */
  readonly path: string;
  /** The zone that the naive local times of a Fitabase export are in. */
  readonly timeZone: string;
}

export interface SampleOptions {
  readonly seed: number;
  readonly folder: string;
  /**
   * Local day on whose afternoon, at 14:44, the export is taken, `YYYY-MM-DD`; 2026-04-09 unless
   * told. An export taken on a later day says the same of all days before this one.
   */
  readonly until?: string;
}

/**
 * Writes a month of two synthetic people, each as a Fitabase export folder and as E4 session
 * folders: about 20 MB in two seconds. The same seed gives the same bytes on every machine.
 */
export async function generateSamples(options: SampleOptions): Promise<SampleExport[]> {
  const { seed, folder, until = sampleSpan.last } = options;
  const clock = localClock(sampleTimeZone);
  const days = clock.days(sampleSpan.first, until);
  if (days.length === 0) throw new RangeError(`samples begin on ${sampleSpan.first}`);
  const takenMs = clock.instant(until, 884) + 28_000;
  const span = `${fileDate(sampleSpan.first)}-${fileDate(until)}`;
  const exports: SampleExport[] = [];

  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'SYNTHETIC.txt'), synthetic(seed));
  for (const person of samplePeople) {
    const timeline = liveThrough(person, days, clock, seed);
    const fitbit = join(folder, person.key, `Fitabase Data ${span}`);
    const empatica = join(folder, person.key, 'Empatica E4');
    await writeFitabaseExport(timeline, fitbit, takenMs, seed);
    await writeEmpaticaExport(timeline, empatica, takenMs, seed);
    exports.push(
      { person, device: 'fitbit', path: fitbit, timeZone: sampleTimeZone },
      { person, device: 'empatica-e4', path: empatica, timeZone: sampleTimeZone },
    );
  }
  return exports;
}

/** `3.10.26`, as Fitabase writes days in the names of its folders. */
function fileDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${Number(month)}.${Number(day)}.${year.slice(2)}`;
}

function synthetic(seed: number): string {
  return `Synthetic data. Nobody lived these days: a program made them from the seed ${seed}, in the
formats of Fitabase (Fitbit) and Empatica (E4), to try Wellpod without anyone's real data.
`;
}

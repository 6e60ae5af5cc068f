import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  acceleration,
  bloodVolumePulse,
  heartRate,
  interBeatIntervals,
  skinConductance,
  skinTemperature,
  type Samples,
  type WristSecond,
} from './empatica-signals.ts';
import { seededRandom } from './seeded-random.ts';
import { heartRateAt, recordedSteps, type SessionTimes, type Timeline } from './timeline.ts';

/**
 * Writes each session of the E4 as a folder `{unix time}_{serial}` of CSV files, as Empatica's
 * website hands them out. Only the first one holds ACC and BVP: they are most of the bytes.
 * Tags come in pairs, the start and the end of a stress episode.
 */
export async function writeEmpaticaExport(
  timeline: Timeline,
  folder: string,
  takenMs: number,
  seed: number,
): Promise<void> {
  const sessions = timeline.sessions
    .filter((session) => session.endMs <= takenMs)
    .toSorted((one, other) => one.startMs - other.startMs);
  await mkdir(folder, { recursive: true });
  for (const [index, session] of sessions.entries()) {
    const name = `${session.startMs / 1000}_${timeline.person.empaticaSerial}`;
    const files = sessionFiles(timeline, session, seed, index === 0);
    await mkdir(join(folder, name), { recursive: true });
    await Promise.all(files.map(([file, text]) => writeFile(join(folder, name, file), text)));
  }
}

function sessionFiles(
  timeline: Timeline,
  session: SessionTimes,
  seed: number,
  complete: boolean,
): (readonly [string, string])[] {
  const { person } = timeline;
  const start = session.startMs / 1000;
  const seconds = wristSeconds(timeline, session);
  const random = (signal: string) => seededRandom(seed, person.key, start, signal);
  const level = conductanceLevel(timeline, session, seed);
  const tags = session.stress.flatMap(({ startMs, endMs }) => [startMs / 1000, endMs / 1000]);
  const files: (readonly [string, string])[] = [
    ['EDA.csv', sampled([start], 4, skinConductance(seconds, level, random('eda')))],
    ['TEMP.csv', sampled([start], 4, skinTemperature(seconds, random('temperature')))],
    ['HR.csv', sampled([start + 10], 1, heartRate(seconds, random('heart-rate')))],
    ['IBI.csv', lines([`${six(start)}, IBI`, ...interBeatIntervals(seconds, random('beats'))])],
    ['tags.csv', tags.map((tag) => `${tag}\r\n`).join('')],
    ['info.txt', info],
  ];
  if (!complete) return files;
  const pulse = bloodVolumePulse(seconds, random('pulse'));
  return [
    ...files,
    ['ACC.csv', sampled([start, start, start], 32, acceleration(seconds, random('motion')))],
    ['BVP.csv', lines([`${start}.00`, '64.000000', ...pulse])],
  ];
}

function wristSeconds(timeline: Timeline, session: SessionTimes): WristSecond[] {
  const length = (session.endMs - session.startMs) / 1000;
  return Array.from({ length }, (_, second) => {
    const atMs = session.startMs + second * 1000;
    return {
      bpm: heartRateAt(timeline, atMs),
      stressed: session.stress.some(({ startMs, endMs }) => startMs <= atMs && atMs < endMs),
    };
  });
}

function conductanceLevel(timeline: Timeline, { day }: SessionTimes, seed: number): number {
  const { microsiemens, noiseMicrosiemens, microsiemensPerThousandSteps } =
    timeline.person.skinConductance;
  const thousands = (recordedSteps(timeline, day.startMs, day.endMs) - 9000) / 1000;
  const noise = seededRandom(seed, timeline.person.key, day.date, 'conductance').bell();
  const level = microsiemens + microsiemensPerThousandSteps * thousands + noiseMicrosiemens * noise;
  return Math.max(0.3, level);
}

function six(value: number): string {
  return value.toFixed(6);
}

function lines(rows: readonly string[]): string {
  return `${rows.join('\n')}\n`;
}

function sampled(starts: readonly number[], hertz: number, samples: Samples): string {
  const rates = starts.map(() => six(hertz));
  return lines([starts.map(six).join(', '), rates.join(', '), ...samples]);
}

const info = `.csv files in this archive are in the following format:
The first row is the initial time of the session expressed as unix timestamp in UTC.
The second row is the sample rate expressed in Hz.

TEMP.csv
Data from temperature sensor expressed degrees on the Celsius (°C) scale.

EDA.csv
Data from the electrodermal activity sensor expressed as microsiemens (μS).

BVP.csv
Data from photoplethysmograph.

ACC.csv
Data from 3-axis accelerometer sensor. The accelerometer is configured to measure acceleration in the range [-2g, 2g]. Therefore the unit in this file is 1/64g.

IBI.csv
Time between individuals heart beats extracted from the BVP signal.

HR.csv
Average heart rate extracted from the BVP signal.

tags.csv
Event mark times.
`;

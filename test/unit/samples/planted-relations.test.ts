import { describe, expect, it } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import {
  csvRows,
  isoDay,
  samplesInTemporaryFolder,
  type GeneratedSamples,
} from './sample-files.ts';

const seeds = [1, 7, 2026] as const;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Ordinary least squares over the days that both hold. */
function slope(x: ReadonlyMap<string, number>, y: ReadonlyMap<string, number>): number {
  const days = [...x.keys()].filter((day) => y.has(day));
  const pairs = days.map((day) => [x.get(day) ?? 0, y.get(day) ?? 0] as const);
  const meanX = mean(pairs.map(([value]) => value));
  const meanY = mean(pairs.map(([, value]) => value));
  const covariance = pairs.reduce((sum, [a, b]) => sum + (a - meanX) * (b - meanY), 0);
  return covariance / pairs.reduce((sum, [a]) => sum + (a - meanX) ** 2, 0);
}

const rowsOf = async (...path: readonly string[]): Promise<string[][]> =>
  (await csvRows(...path)).slice(1);

/** The fifth of a day's heart rates that is lowest, up to its highest value. */
async function restingByDay(fitbit: string): Promise<Map<string, number>> {
  const beats = new Map<string, number[]>();
  for (const [, time = '', bpm] of await rowsOf(fitbit, 'heartrate_seconds_merged.csv')) {
    const values = beats.get(isoDay(time)) ?? [];
    values.push(Number(bpm));
    beats.set(isoDay(time), values);
  }
  const lowestFifth = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.2)] ?? 0;
  return new Map([...beats].map(([day, values]) => [day, lowestFifth(values)]));
}

async function conductanceByDay(sessions: string): Promise<Map<string, number>> {
  const byDay = new Map<string, number>();
  for (const session of await readdir(sessions)) {
    const column = (await csvRows(sessions, session, 'EDA.csv')).map((row) => Number(row[0]));
    const day = new Date((column[0] ?? 0) * 1000 + 2 * 3_600_000).toISOString().slice(0, 10);
    byDay.set(day, mean(column.slice(2)));
  }
  return byDay;
}

async function daily(samples: GeneratedSamples, person: string) {
  const fitbit = samples.path(person, 'fitbit');
  const nights = await rowsOf(fitbit, 'sleepDay_merged.csv');
  const activity = (await rowsOf(fitbit, 'dailyActivity_merged.csv')).slice(0, -1);
  const byDay = (rows: readonly string[][], column: number, unit: number): Map<string, number> =>
    new Map(rows.map((row) => [isoDay(row[1] ?? ''), Number(row[column]) / unit]));
  return {
    hoursAsleep: byDay(nights, 3, 60),
    thousandSteps: byDay(
      activity.filter((row) => row[2] !== '0'),
      2,
      1000,
    ),
    resting: await restingByDay(fitbit),
    conductance: await conductanceByDay(samples.path(person, 'empatica-e4')),
  };
}

describe('planted relations', () => {
  it('are there for Ada and absent for Noor, whatever the seed', async () => {
    const slopes: Record<string, number[]> = {};
    for (const seed of seeds) {
      const samples = await samplesInTemporaryFolder(seed);
      for (const person of ['ada', 'noor']) {
        const days = await daily(samples, person);
        (slopes[`${person} resting`] ??= []).push(slope(days.hoursAsleep, days.resting));
        (slopes[`${person} conductance`] ??= []).push(slope(days.thousandSteps, days.conductance));
      }
      await samples.remove();
    }
    const average = (name: string): number => mean(slopes[name] ?? []);
    expect(average('ada resting')).toBeGreaterThan(-2.6);
    expect(average('ada resting')).toBeLessThan(-1.4);
    expect(Math.abs(average('noor resting'))).toBeLessThan(0.6);
    expect(average('ada conductance')).toBeGreaterThan(-0.19);
    expect(average('ada conductance')).toBeLessThan(-0.11);
    expect(Math.abs(average('noor conductance'))).toBeLessThan(0.04);
  });
});

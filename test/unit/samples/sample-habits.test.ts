import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  csvRows,
  digestOf,
  isoDay,
  samplesInTemporaryFolder,
  wallMs,
  type GeneratedSamples,
} from './sample-files.ts';

const minuteMs = 60_000;
const people = ['ada', 'noor'] as const;

let samples: GeneratedSamples;
beforeAll(async () => {
  samples = await samplesInTemporaryFolder(7);
});
afterAll(() => samples.remove());

const rowsOf = async (person: string, file: string): Promise<string[][]> =>
  (await csvRows(samples.path(person, 'fitbit'), file)).slice(1);

function countBy(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

describe('samples of a seed', () => {
  it('are the same bytes on every machine', async () => {
    expect(await digestOf(samples.folder)).toBe(
      'ea67869fcd8ff1bf539aa6feb5084c251b498e706b38f52925fa969298ac4123',
    );
  });

  it('differ from those of another seed', async () => {
    const other = await samplesInTemporaryFolder(8);
    expect(await digestOf(other.folder)).not.toBe(await digestOf(samples.folder));
    await other.remove();
  });

  it('say the same of the days before an earlier export was taken', async () => {
    const earlier = await samplesInTemporaryFolder(7, '2026-03-30');
    for (const file of ['heartrate_seconds_merged.csv', 'minuteStepsNarrow_merged.csv']) {
      const before = await readFile(join(earlier.path('noor', 'fitbit'), file), 'utf8');
      const whole = await readFile(join(samples.path('noor', 'fitbit'), file), 'utf8');
      expect(before.length).toBeGreaterThan(500_000);
      expect(whole.startsWith(before)).toBe(true);
    }
    const sessions = await readdir(earlier.path('ada', 'empatica-e4'));
    expect(await readdir(samples.path('ada', 'empatica-e4'))).toEqual(
      expect.arrayContaining(sessions),
    );
    await earlier.remove();
  });

  it('are refused for a time before they begin', async () => {
    await expect(samplesInTemporaryFolder(7, '2026-03-01')).rejects.toThrow('2026-03-10');
  });
});

describe.each(people)('the Fitbit month of %s', (person) => {
  it('has 1,440 minutes a day, 60 fewer where the clock goes forward, and an unfinished end', async () => {
    const times = (await rowsOf(person, 'minuteStepsNarrow_merged.csv')).map((row) => row[1] ?? '');
    const counts = countBy(times.map(isoDay));
    expect(counts.size).toBe(31);
    for (const [day, count] of counts) {
      const expected = day === '2026-03-29' ? 1380 : day === '2026-04-09' ? 840 : 1440;
      expect([day, count]).toEqual([day, expected]);
    }
    expect(times.filter((time) => time.startsWith('3/29/2026 2:'))).toHaveLength(60);
    expect(times).not.toContain('3/29/2026 2:30:00 AM');
    expect(new Set(times).size).toBe(times.length);
  });

  it('has one duplicate night, in both sleep files', async () => {
    const days = (await rowsOf(person, 'sleepDay_merged.csv')).map(String);
    expect(days.length - new Set(days).size).toBe(1);
    const twice = days.find((row, index) => days.indexOf(row) !== index)?.split(',') ?? [];
    const minutes = (await rowsOf(person, 'minuteSleep_merged.csv')).map(String);
    expect(minutes.length - new Set(minutes).size).toBe(Number(twice[4]));
  });

  it('has day totals of sleep that its minutes confirm, and a nap', async () => {
    const logs = new Map<string, { end: number; values: number[] }>();
    const lines = new Set((await rowsOf(person, 'minuteSleep_merged.csv')).map(String));
    for (const [, time = '', value, log = ''] of [...lines].map((line) => line.split(','))) {
      const values = logs.get(log)?.values ?? [];
      values.push(Number(value));
      logs.set(log, { end: wallMs(time), values });
    }
    for (const [, when = '', records, asleep, inBed] of await rowsOf(
      person,
      'sleepDay_merged.csv',
    )) {
      const ended = [...logs.values()].filter(
        ({ end }) => new Date(end).toISOString().slice(0, 10) === isoDay(when),
      );
      const values = ended.flatMap((log) => log.values);
      const computed = [ended.length, values.filter((value) => value === 1).length, values.length];
      expect(computed).toEqual([records, asleep, inBed].map(Number));
    }
    const records = (await rowsOf(person, 'sleepDay_merged.csv')).map((row) => row[2]);
    expect(records).toContain('2');
  });

  it('has days without a step, and totals at or a little above the sum of the minutes', async () => {
    const sums = new Map<string, number>();
    for (const [, time = '', steps] of await rowsOf(person, 'minuteStepsNarrow_merged.csv')) {
      sums.set(isoDay(time), (sums.get(isoDay(time)) ?? 0) + Number(steps));
    }
    const totals = (await rowsOf(person, 'dailyActivity_merged.csv')).slice(0, -1);
    expect(totals.filter((row) => row[2] === '0').length).toBeGreaterThan(0);
    for (const [, day = '', total] of totals) {
      const sum = sums.get(isoDay(day)) ?? -1;
      expect(Number(total)).toBeGreaterThanOrEqual(sum);
      expect(Number(total)).toBeLessThanOrEqual(Math.ceil(sum * 1.006));
    }
  });

  it('has a heart rate every 1 to 15 seconds with gaps of minutes and of hours', async () => {
    const rows = await rowsOf(person, 'heartrate_seconds_merged.csv');
    const times = rows.map((row) => wallMs(row[1] ?? ''));
    const gaps = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / 1000);
    const counts = countBy(gaps.map(String));
    expect(Math.min(...new Set(gaps))).toBeGreaterThan(0);
    for (const usual of ['5', '10', '15']) expect(counts.get(usual)).toBeGreaterThan(1000);
    expect(gaps.filter((gap) => gap > 60 && gap < 600).length).toBeGreaterThan(20);
    expect(gaps.filter((gap) => gap > 5 * 3600).length).toBeGreaterThan(1);
    const values = new Set(rows.map((row) => Number(row[2])));
    expect(Math.min(...values)).toBeGreaterThan(40);
    expect(Math.max(...values)).toBeLessThan(190);
    expect(Math.max(...values)).toBeGreaterThan(130);
  });
});

describe.each(people)('the E4 sessions of %s', (person) => {
  interface Session {
    readonly startMs: number;
    readonly heartRate: readonly number[];
    readonly conductance: readonly number[];
    readonly tags: readonly number[];
  }

  async function sessionsOf(): Promise<Session[]> {
    const folder = samples.path(person, 'empatica-e4');
    const names = (await readdir(folder)).toSorted();
    return Promise.all(
      names.map(async (name) => {
        const column = async (file: string): Promise<number[]> =>
          (await csvRows(folder, name, file)).map((row) => Number(row[0]));
        const heartRate = await column('HR.csv');
        return {
          startMs: (heartRate[0] ?? 0) * 1000,
          heartRate: heartRate.slice(2),
          conductance: (await column('EDA.csv')).slice(2),
          tags: await column('tags.csv'),
        };
      }),
    );
  }

  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;

  it('lie on many days of the Fitbit month', async () => {
    const days = (await sessionsOf()).map(({ startMs }) =>
      new Date(startMs).toISOString().slice(0, 10),
    );
    expect(new Set(days).size).toBeGreaterThan(18);
  });

  it('agree with the heart rate that the Fitbit saw', async () => {
    const sessions = await sessionsOf();
    const fitbit = new Map<number, number>();
    for (const [, time = '', bpm] of await rowsOf(person, 'heartrate_seconds_merged.csv')) {
      fitbit.set(wallMs(time), Number(bpm));
    }
    const differences = sessions.flatMap(({ startMs, heartRate }) => {
      // An hour ahead of UTC, two from the last Sunday of March 2026 on.
      const offset = startMs < Date.UTC(2026, 2, 29, 1) ? 60 * minuteMs : 120 * minuteMs;
      return heartRate.flatMap((bpm, second) => {
        const seen = fitbit.get(startMs + offset + second * 1000);
        return seen === undefined ? [] : [Math.abs(seen - bpm)];
      });
    });
    expect(differences.length).toBeGreaterThan(500);
    expect(mean(differences)).toBeLessThan(1.5);
  });

  it('mark stress by pairs of tags, with heart rate and skin conductance up', async () => {
    const stressed = (await sessionsOf()).filter(({ tags }) => tags.length > 0);
    expect(stressed.length).toBeGreaterThan(4);
    const rises = stressed.map(({ startMs, heartRate, conductance, tags }) => {
      const [from = 0, to = 0] = tags.map((tag) => tag - startMs / 1000);
      expect(tags).toHaveLength(2);
      return {
        bpm: mean(heartRate.slice(from + 60, to)) - mean(heartRate.slice(0, from)),
        microsiemens:
          mean(conductance.slice((from + 70) * 4, (to + 10) * 4)) -
          mean(conductance.slice(40, (from + 10) * 4)),
      };
    });
    expect(mean(rises.map(({ bpm }) => bpm))).toBeGreaterThan(1.5);
    expect(mean(rises.map(({ microsiemens }) => microsiemens))).toBeGreaterThan(0.1);
  });
});

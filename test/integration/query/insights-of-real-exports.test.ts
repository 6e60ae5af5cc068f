import { beforeAll, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { openMemoryPod } from '../../../adapters/index.ts';
import { importExport } from '../../../apps/connect/index.ts';
import { computeInsights, type InsightsReport } from '../../../apps/insights/compute/index.ts';
import { createQuery } from '../../../apps/shared/query/index.ts';
import { describeRealData, realData } from '../../real-data.ts';

async function reportOf(path: string, person?: string): Promise<InsightsReport> {
  const pod = openMemoryPod();
  const storageUrl = 'https://pod.example/';
  await importExport(
    { path },
    { pod, storageUrl },
    { timeZone: 'Etc/UTC', ...(person === undefined ? {} : { person }) },
  );
  return computeInsights(createQuery(), [{ name: 'pod', storageUrl, pod }]);
}

function rowsOfZip(name: string): Record<string, string>[] {
  const csv = execFileSync('unzip', ['-p', realData('fitbit', name)], { maxBuffer: 2 ** 28 });
  return parse(csv, { columns: true });
}

const isoDay = (american: string): string => {
  const [month = '', day = '', year = ''] = american.split(' ', 1)[0]?.split('/') ?? [];
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
};

describeRealData('insights of a Fitbit export', () => {
  const person = '2347167796';
  let report: InsightsReport;
  beforeAll(async () => {
    report = await reportOf(realData('fitbit'), person);
  });

  it('have the heart rate of each day as the CSV has it', () => {
    const byDay = new Map<string, number[]>();
    for (const row of rowsOfZip('minuteHeartRate_derived.zip')) {
      if (row['Id'] !== person) continue;
      const day = (row['Minute'] ?? '').slice(0, 10);
      byDay.set(day, [...(byDay.get(day) ?? []), Number(row['HeartRate'])]);
    }
    const days = report.days.filter(({ heartRate }) => heartRate !== null);
    expect(days.map(({ date }) => date)).toEqual([...byDay.keys()].toSorted());
    for (const { date, heartRate } of days) {
      const values = byDay.get(date) ?? [];
      expect(heartRate?.n).toBe(values.length);
      expect(heartRate?.min).toBe(Math.min(...values));
      expect(heartRate?.max).toBe(Math.max(...values));
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(heartRate?.mean).toBeCloseTo(mean, 9);
    }
  });

  it('have the vendor’s steps and sleep', () => {
    const vendor = new Map(
      rowsOfZip('dailyActivity_merged.zip')
        .filter((row) => row['Id'] === person)
        .map((row) => [isoDay(row['ActivityDate'] ?? ''), Number(row['TotalSteps'])]),
    );
    expect(vendor.size).toBeGreaterThan(10);
    const byDate = new Map(report.days.map((day) => [day.date, day]));
    for (const [day, steps] of vendor) expect(byDate.get(day)?.steps).toBe(steps);
    for (const row of rowsOfZip('sleepDay_merged.zip')) {
      if (row['Id'] !== person) continue;
      expect(byDate.get(isoDay(row['SleepDay'] ?? ''))?.sleep).toEqual({
        asleepMinutes: Number(row['TotalMinutesAsleep']),
        inBedMinutes: Number(row['TotalTimeInBed']),
      });
    }
  });

  it('have a plausible resting heart rate, or none', () => {
    const found = report.days.filter(({ restingHeartRate }) => restingHeartRate !== null);
    for (const { restingHeartRate, heartRate } of found) {
      expect(restingHeartRate).toBeGreaterThanOrEqual(heartRate?.min ?? 0);
      expect(restingHeartRate).toBeLessThan(heartRate?.mean ?? 0);
    }
  });

  it('say their method, and leave nothing out', () => {
    expect(report.missing).toEqual([]);
    for (const { method, source, queries } of Object.values(report.methods)) {
      expect(method.length).toBeGreaterThan(40);
      expect(source).not.toBe('');
      expect(queries.length).toBeGreaterThan(0);
    }
  });
});

describeRealData('insights of an Empatica session', () => {
  it('compare the marked minutes with the others', async () => {
    const report = await reportOf(realData('empatica-e4', 'S02'));
    const [start = '', rate = '', ...values] = readFileSync(
      realData('empatica-e4', 'S02', 'HR.csv'),
      'utf8',
    )
      .trim()
      .split('\n');
    expect([Number(start) > 0, Number(rate)]).toEqual([true, 1]);
    const numbers = values.map(Number);
    const [day] = report.days;
    expect(report.days).toHaveLength(1);
    expect(day?.heartRate?.n).toBe(numbers.length);
    expect(day?.heartRate?.max).toBeCloseTo(Math.max(...numbers), 9);
    expect(day?.restingHeartRate).toBeNull();
    expect(day?.sleep).toBeNull();
    expect(day?.steps).toBeNull();
    expect(day?.stress).not.toBeNull();
  });
});

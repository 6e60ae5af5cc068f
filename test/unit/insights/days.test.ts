import { describe, expect, it } from '@jest/globals';
import { bestSensorDays } from '../../../apps/insights/compute/heart-rate-of-days.ts';
import { restingHeartRates } from '../../../apps/insights/compute/resting-heart-rate.ts';
import { sleepsByDay, totalSleep } from '../../../apps/insights/compute/sleep-of-days.ts';
import { stepsOfReadings } from '../../../apps/insights/compute/steps-of-days.ts';
import { stressMarks, stressOfDays } from '../../../apps/insights/compute/stress-of-days.ts';
import { weekTrend } from '../../../apps/insights/compute/week-trend.ts';
import type { DayInsight } from '../../../apps/insights/compute/index.ts';

const at = (minutes: number, day = '2016-04-12'): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + minutes * 60_000).toISOString();

/** Ten-minute blocks from midnight, with the mean that a function gives. */
function blocks(count: number, mean: (index: number) => number, n = 10) {
  return Array.from({ length: count }, (_, index) => ({
    sensor: 'a',
    block: at(index * 10).slice(0, 15),
    n: String(n),
    mean: String(mean(index)),
  }));
}

const nothing = {
  sleeps: new Map(),
  movingBlocks: new Set<number>(),
  daysWithSteps: new Set<string>(),
};

describe('the sensor of a day', () => {
  it('is the one that covers most of it, not the one that samples most often', () => {
    const watch = blocks(100, () => 60, 10);
    const strap = blocks(6, () => 90, 600).map((row) => ({ ...row, sensor: 'strap' }));
    expect(bestSensorDays([...strap, ...watch]).get('2016-04-12')?.sensor).toBe('a');
  });
});

describe('resting heart rate', () => {
  const night = sleepsByDay([
    { day: '2016-04-12', sensor: 'a', start: at(0), end: at(420), asleep: '400', inBed: '420' },
  ]);

  it('is the lowest mean of thirty minutes in a row', () => {
    const lowest = new Map([
      [20, 50],
      [21, 51],
      [22, 52],
      [30, 40],
    ]);
    const days = bestSensorDays(blocks(42, (index) => lowest.get(index) ?? 60));
    const resting = restingHeartRates(days, { ...nothing, sleeps: night });
    expect(resting.get('2016-04-12')).toBe(51);
  });

  it('leaves out blocks with few readings', () => {
    const rows = blocks(42, (index) => (index >= 20 && index < 23 ? 30 : 60));
    const thin = rows.map((row, index) => (index >= 20 && index < 23 ? { ...row, n: '2' } : row));
    const resting = restingHeartRates(bestSensorDays(thin), { ...nothing, sleeps: night });
    expect(resting.get('2016-04-12')).toBe(60);
  });

  it('is absent for a day with an hour of readings', () => {
    const resting = restingHeartRates(bestSensorDays(blocks(6, () => 55)), {
      ...nothing,
      sleeps: night,
    });
    expect(resting.has('2016-04-12')).toBe(false);
  });

  it('takes only waking time without a step, and none right after one', () => {
    const start = Date.parse('2016-04-12T00:00:00Z');
    const moving = new Set([start + 60 * 600_000]);
    const rows = blocks(100, (index) => (index >= 60 && index <= 61 ? 20 : 70));
    const resting = restingHeartRates(bestSensorDays(rows), {
      ...nothing,
      movingBlocks: moving,
      daysWithSteps: new Set(['2016-04-12']),
    });
    expect(resting.get('2016-04-12')).toBe(70);
  });

  it('belongs to the day of waking', () => {
    const sleeps = sleepsByDay([
      { day: '2016-04-12', sensor: 'a', start: at(-60), end: at(400), asleep: '400', inBed: '460' },
    ]);
    const evening = blocks(6, () => 48).map((row, index) => ({
      ...row,
      block: at(index * 10 - 60).slice(0, 15),
    }));
    const rows = [...evening, ...blocks(40, () => 60)];
    const resting = restingHeartRates(bestSensorDays(rows), { ...nothing, sleeps });
    expect([...resting]).toEqual([['2016-04-12', 48]]);
  });
});

describe('sleep of a day', () => {
  const row = (start: number, end: number, asleep: number, sensor = 'a') => ({
    day: '2016-04-12',
    sensor,
    start: at(start),
    end: at(end),
    asleep: String(asleep),
    inBed: String(end - start),
  });
  const totalOf = (rows: readonly ReturnType<typeof row>[]) =>
    totalSleep(sleepsByDay(rows).get('2016-04-12') ?? []);

  it('adds naps to the night', () => {
    expect(totalOf([row(0, 400, 380), row(800, 840, 30)])).toEqual({
      asleepMinutes: 410,
      inBedMinutes: 440,
    });
  });

  it('counts a night that is there twice, or in part, once', () => {
    expect(totalOf([row(0, 400, 380), row(0, 400, 380), row(100, 300, 190)])).toEqual({
      asleepMinutes: 380,
      inBedMinutes: 400,
    });
  });

  it('does not add up two devices', () => {
    expect(totalOf([row(0, 400, 380), row(5, 390, 370, 'b')])).toEqual({
      asleepMinutes: 380,
      inBedMinutes: 400,
    });
  });

  it('is null without a sleep', () => {
    expect(totalSleep([])).toBeNull();
  });
});

describe('steps of a day', () => {
  it('are those of one device', () => {
    const steps = stepsOfReadings([
      { day: 'd', sensor: 'phone', n: '600', sum: '9000' },
      { day: 'd', sensor: 'watch', n: '1440', sum: '8000' },
    ]);
    expect(steps.get('d')).toBe(8000);
  });
});

describe('stress of a day', () => {
  const marks = stressMarks([{ day: '2016-04-12', sensor: 'a', start: at(10), end: at(20) }]);
  const minutes = (count: number, value: (minute: number) => number) =>
    Array.from({ length: count }, (_, minute) => ({
      sensor: 'a',
      minute: at(minute).slice(0, 16),
      mean: String(value(minute)),
    }));

  it('is the difference of the minutes inside the marks from those outside', () => {
    const heartRate = minutes(40, (minute) => (minute >= 10 && minute < 20 ? 80 : 70));
    const readings = { heartRate, skinConductance: [], measuredDays: ['2016-04-12', '2016-04-13'] };
    const days = stressOfDays(marks, readings);
    expect(days.get('2016-04-12')).toEqual({
      state: 'measured',
      episodes: 1,
      minutes: 10,
      heartRateChange: 10,
      skinConductanceChange: null,
      minutesInside: 10,
      minutesOutside: 30,
    });
    expect(days.get('2016-04-13')?.state).toBe('not marked');
  });

  it('is not measurable with too few minutes', () => {
    const readings = { heartRate: minutes(12, () => 70), skinConductance: [], measuredDays: [] };
    expect(stressOfDays(marks, readings).get('2016-04-12')?.state).toBe('not measurable');
  });
});

describe('week against week', () => {
  const days = (count: number, steps: (index: number) => number | null): DayInsight[] =>
    Array.from({ length: count }, (_, index) => ({
      date: at(index * 1440, '2016-04-01').slice(0, 10),
      steps: steps(index),
      heartRate: null,
      restingHeartRate: null,
      sleep: null,
      skinConductance: null,
      stress: null,
    }));
  const stepsOf = (all: DayInsight[], today?: string) =>
    weekTrend(all, today).comparisons.find(({ metric }) => metric === 'steps');

  it('shows a direction where the difference is clear', () => {
    const trend = stepsOf(days(14, (index) => (index < 7 ? 5_000 : 9_000) + (index % 3) * 100));
    expect(trend?.direction).toBe('up');
    expect(trend?.difference).toBeCloseTo(4_000, -2);
    expect(trend?.current.n).toBe(7);
  });

  it('shows none where it is not', () => {
    expect(stepsOf(days(14, (index) => 5_000 + ((index * 37) % 11) * 500))?.direction).toBe(
      'no clear change',
    );
  });

  it('says when there are not enough days', () => {
    const trend = stepsOf(days(14, (index) => (index < 10 ? 5_000 : null)));
    expect(trend).toMatchObject({ direction: 'not enough days', interval: null });
  });

  it('leaves out a day that is not over, and days without steps and pulse', () => {
    const all = days(15, (index) => (index === 14 ? 10 : index === 13 ? 0 : 5_000 + index));
    const trend = weekTrend(all, '2016-04-15');
    expect(trend.to).toBe('2016-04-14');
    expect(trend.comparisons[0]?.current.n).toBe(6);
  });
});

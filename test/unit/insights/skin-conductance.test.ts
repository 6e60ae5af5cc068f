import { describe, expect, it } from '@jest/globals';
import { blendOf } from '../../../apps/insights/compute/blend.ts';
import type { DayInsight } from '../../../apps/insights/compute/index.ts';
import { skinConductanceOfDays } from '../../../apps/insights/compute/skin-conductance-of-days.ts';

describe('skin conductance of days', () => {
  it('is that of the sensor with the most readings, whatever the order of the rows', () => {
    const rows = [
      { day: '2026-03-10', sensor: 'urn:left', n: '240', mean: '2.5' },
      { day: '2026-03-10', sensor: 'urn:right', n: '960', mean: '0.75' },
    ];
    const expected = [['2026-03-10', { mean: 0.75, n: 960 }]];
    expect([...skinConductanceOfDays(rows)]).toEqual(expected);
    expect([...skinConductanceOfDays(rows.toReversed())]).toEqual(expected);
  });
});

describe('the pair that is blended', () => {
  const days: DayInsight[] = Array.from({ length: 20 }, (_, index) => ({
    date: `2026-03-${String(index + 1).padStart(2, '0')}`,
    steps: 5000 + 100 * index,
    heartRate: null,
    restingHeartRate: 60 + (index % 5),
    sleep: { asleepMinutes: 400 + ((index * 7) % 20), inBedMinutes: 450 },
    skinConductance: { mean: 3 - 0.1 * index, n: 900 },
    stress: null,
  }));
  const onOne = ['one.example'];
  const pods = {
    steps: onOne,
    heartRate: onOne,
    restingHeartRate: onOne,
    asleepMinutes: onOne,
    skinConductance: onOne,
  };

  it('is of two hosts where there is such a pair', () => {
    const blend = blendOf(days, { ...pods, skinConductance: ['two.example'] });
    expect([blend?.left.metric, blend?.right.metric]).toEqual(['steps', 'skinConductance']);
    expect(blend?.rho).toBeCloseTo(-1, 10);
    expect(blend?.relation).toBe('negative');
  });

  it('is the first question people ask where all is on one host', () => {
    const blend = blendOf(days, pods);
    expect([blend?.left.metric, blend?.right.metric]).toEqual([
      'asleepMinutes',
      'restingHeartRate',
    ]);
  });
});

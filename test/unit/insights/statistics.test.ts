import { describe, expect, it } from '@jest/globals';
import { relationOf } from '../../../apps/insights/compute/blend.ts';
import { seededRandom } from '../../../apps/insights/compute/statistics/random.ts';
import { ranks, spearman } from '../../../apps/insights/compute/statistics/rank-correlation.ts';
import { studentQuantile } from '../../../apps/insights/compute/statistics/student-t.ts';
import { welchInterval } from '../../../apps/insights/compute/statistics/welch.ts';

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

describe('Student’s t', () => {
  // Tables, two-sided 95 %: https://www.itl.nist.gov/div898/handbook/eda/section3/eda3672.htm
  it.each([
    [1, 12.706],
    [2, 4.303],
    [6, 2.447],
    [10, 2.228],
    [30, 2.042],
    [100, 1.984],
  ])('has with %d degrees of freedom the quantile %d', (degrees, quantile) => {
    expect(studentQuantile(0.95, degrees)).toBeCloseTo(quantile, 3);
  });
});

describe('Welch’s interval', () => {
  it('is that of a worked example', () => {
    // R: t.test(c(27.5,21,19,23.6,17,17.9), c(27.1,22,20.8,23.4,23.4,23.5,25.8))
    const [low, high] = welchInterval(
      [27.5, 21, 19, 23.6, 17, 17.9],
      [27.1, 22, 20.8, 23.4, 23.4, 23.5, 25.8],
    );
    expect((low + high) / 2).toBeCloseTo(126 / 6 - 166 / 7, 9);
    expect(low).toBeLessThan(-6);
    expect(high).toBeGreaterThan(1);
  });

  it('covers the true difference in 95 of 100 samples', () => {
    const random = seededRandom(7);
    let covered = 0;
    for (let trial = 0; trial < 2_000; trial++) {
      const left = Array.from({ length: 7 }, () => 10 + 3 * normal(random));
      const right = Array.from({ length: 7 }, () => 8 + normal(random));
      const [low, high] = welchInterval(left, right);
      if (low <= 2 && 2 <= high) covered++;
    }
    expect(covered / 2_000).toBeGreaterThan(0.93);
    expect(covered / 2_000).toBeLessThan(0.97);
  });
});

describe('Spearman’s ρ', () => {
  it('shares ranks among equal values', () => {
    expect(ranks([10, 20, 10, 30])).toEqual([1.5, 3, 1.5, 4]);
  });

  it('is that of the textbook', () => {
    // IQ and hours of television of ten people: ρ = −29/165.
    const iq = [106, 86, 100, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 0, 27, 50, 28, 29, 20, 12, 6, 17];
    expect(spearman(iq, hours)).toBeCloseTo(-29 / 165, 12);
  });

  it('is 0 where one side never changes', () => {
    expect(spearman([1, 2, 3], [5, 5, 5])).toBe(0);
  });
});

describe('a relation of two signals', () => {
  const days = (length: number): number[] => Array.from({ length }, (_, day) => day);

  it('is not looked for in less than fourteen days', () => {
    expect(relationOf(days(13), days(13))).toEqual({
      rho: null,
      p: null,
      interval: null,
      relation: 'not enough days',
    });
  });

  it('is found where one follows the other', () => {
    const random = seededRandom(3);
    const left = days(30).map(() => normal(random));
    const right = left.map((value) => -value + 0.3 * normal(random));
    const { relation, p, rho, interval } = relationOf(left, right);
    expect(relation).toBe('negative');
    expect(p).toBeLessThan(0.001);
    expect(rho).toBeLessThan(-0.8);
    expect(interval?.[1]).toBeLessThan(0);
  });

  it.each([
    ['independent days', 0],
    ['days that resemble their neighbours', 0.5],
  ])('is found by chance at most in its nominal share: %s', (_, carry) => {
    const random = seededRandom(11);
    const series = (): number[] => {
      let last = normal(random);
      return days(30).map(() => (last = carry * last + normal(random)));
    };
    let found = 0;
    const trials = 60;
    for (let trial = 0; trial < trials; trial++) {
      if (relationOf(series(), series()).relation !== 'none found') found++;
    }
    expect(found / trials).toBeLessThanOrEqual(carry === 0 ? 0.07 : 0.1);
  });

  it('is the same each time', () => {
    const random = seededRandom(5);
    const left = days(20).map(() => random());
    const right = days(20).map(() => random());
    expect(relationOf(left, right)).toEqual(relationOf(left, right));
  });
});

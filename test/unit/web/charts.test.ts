import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseHTML } from 'linkedom';
import {
  clock,
  heartRateDay,
  lanesChart,
  stepsDay,
} from '../../../apps/insights/pages/charts/day-charts.ts';
import { scatterChart, trendChart } from '../../../apps/insights/pages/charts/trend-charts.ts';
import { metricViews } from '../../../apps/insights/pages/metric-views.ts';
import { chartSvg, type ChartDrawing } from '../../../apps/shared/web/chart-svg.ts';

function drawn(drawing: ChartDrawing): Document {
  return parseHTML(`<html><body>${chartSvg(drawing)}</body></html>`).document;
}

/** Bars and marks that carry a value tell it in their title. */
function titled(document: Document, name: string): Element[] {
  return [...document.querySelectorAll(name)].filter((mark) => mark.querySelector('title'));
}

function numbers(marks: readonly Element[], attribute: string): number[] {
  return marks.map((mark) => Number(mark.getAttribute(attribute)));
}

const amounts = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 2, maxLength: 24 });
const runs = { seed: 7, numRuns: 25 };

describe('a chart', () => {
  const days = [{ fromHour: 8, toHour: 9, amount: 120 }];

  it('is one picture with a name, and nothing a strict policy would block', () => {
    const svg = chartSvg(stepsDay(days, 340));
    const { document } = parseHTML(`<html><body>${svg}</body></html>`);
    const picture = document.querySelector('svg');
    expect(picture?.getAttribute('role')).toBe('img');
    expect(picture?.getAttribute('aria-label')).toBe('Steps by hour');
    expect(picture?.getAttribute('aria-description')).toBe('At most 120 steps in an hour.');
    expect(document.querySelectorAll('style, [style], script, image, use, a')).toHaveLength(0);
    expect(document.querySelectorAll('svg [aria-label]')).toHaveLength(0);
  });

  it('shows hostile labels as text', () => {
    const hostile = '</text></svg><script>alert(1)</script>';
    const options = {
      title: hostile,
      description: hostile,
      lanes: [hostile, 'b'],
      color: 'red',
      hours: [0, 24],
    } as const;
    const span = { lane: hostile, label: hostile, fromHour: 1, toHour: 2 };
    const document = drawn(lanesChart([span], options, 340));
    expect(document.querySelectorAll('script')).toHaveLength(0);
    expect(document.querySelector('rect title')?.textContent).toBe(`${hostile}, 01:00–02:00`);
  });
});

describe('steps of a day', () => {
  it('have bars as high as their amounts', () => {
    fc.assert(
      fc.property(amounts, (values) => {
        const spans = values.map((amount, hour) => ({ fromHour: hour, toHour: hour + 1, amount }));
        const bars = titled(drawn(stepsDay(spans, 520)), 'rect');
        const heights = numbers(bars, 'height');
        const most = Math.max(...values);
        const unit = (heights[values.indexOf(most)] ?? 0) / most;
        expect(heights).toHaveLength(values.length);
        heights.forEach((height, index) => {
          expect(Math.abs(height - unit * (values[index] ?? 0))).toBeLessThan(0.11);
        });
      }),
      runs,
    );
  });
});

describe('heart rate of a day', () => {
  const span = (fromHour: number) => ({
    fromHour,
    toHour: fromHour + 1,
    min: 50,
    mean: 60.4,
    max: 80,
    count: 60,
  });

  it('tells each part of the day', () => {
    const document = drawn(heartRateDay([span(0), span(1)], 520));
    expect(titled(document, 'rect').map((mark) => mark.textContent)).toEqual([
      '00:00–01:00: 50 to 80, mean 60 bpm',
      '01:00–02:00: 50 to 80, mean 60 bpm',
    ]);
  });

  it('breaks where nothing was measured', () => {
    const line = (document: Document): string =>
      document.querySelector('[stroke="var(--heart)"] path')?.getAttribute('d') ?? '';
    expect(line(drawn(heartRateDay([span(0), span(1), span(2)], 520))).split('M')).toHaveLength(2);
    expect(line(drawn(heartRateDay([span(0), span(1), span(9)], 520))).split('M')).toHaveLength(3);
  });
});

describe('a trend', () => {
  const options = {
    title: 'Steps',
    view: metricViews.steps,
    from: '2026-03-01',
    to: '2026-03-28',
  };

  it('has a bar for each day with a value, in its place', () => {
    const values = ['01', '02', '28'].map((day, index) => ({
      day: `2026-03-${day}`,
      value: (index + 1) * 1000,
    }));
    const bars = titled(drawn(trendChart(values, options, 520)), 'rect');
    expect(bars.map((bar) => bar.textContent)).toEqual([
      '1 Mar: 1,000 steps',
      '2 Mar: 2,000 steps',
      '28 Mar: 3,000 steps',
    ]);
    const [first = 0, second = 0, last = 0] = numbers(bars, 'x');
    expect((last - first) / (second - first)).toBeCloseTo(27, 0);
    const [low = 0, middle = 0, high = 0] = numbers(bars, 'height');
    expect(middle / low).toBeCloseTo(2, 1);
    expect(high / low).toBeCloseTo(3, 1);
  });

  it('is empty, not broken, without values', () => {
    expect(titled(drawn(trendChart([], options, 340)), 'rect')).toHaveLength(0);
  });
});

describe('a blend', () => {
  it('has a dot for each day, placed by both values', () => {
    const point = fc.record({
      date: fc.constant('2026-03-01'),
      left: fc.integer({ min: 0, max: 20_000 }),
      right: fc.integer({ min: 40, max: 600 }),
    });
    const axes = {
      x: { label: 'Steps', view: metricViews.steps },
      y: { label: 'Time asleep', view: metricViews.asleepMinutes },
    };
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 30 }), (points) => {
        const dots = titled(drawn(scatterChart(points, axes, 340)), 'circle');
        expect(dots).toHaveLength(points.length);
        const xs = numbers(dots, 'cx');
        const ys = numbers(dots, 'cy');
        points.forEach(({ left, right }, index) => {
          const other = points[0] ?? { left, right };
          expect(Math.sign(left - other.left) * ((xs[index] ?? 0) - (xs[0] ?? 0))).toBeGreaterThan(
            -0.11,
          );
          expect(
            Math.sign(right - other.right) * ((ys[0] ?? 0) - (ys[index] ?? 0)),
          ).toBeGreaterThan(-0.11);
        });
      }),
      runs,
    );
  });
});

describe('clock', () => {
  it.each([
    [0, '00:00'],
    [13.5, '13:30'],
    [24, '24:00'],
    [-1.5, '22:30'],
    [7 + 1 / 6, '07:10'],
  ])('of %d is %s', (hour, words) => {
    expect(clock(hour)).toBe(words);
  });
});

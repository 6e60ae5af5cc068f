import { dot, gridY, lineY, linearRegressionY, rectY, ruleY } from '@observablehq/plot';
import type { ChartDrawing } from '../../../shared/web/chart-svg.ts';

/** A local day and what was measured on it. */
export interface DayValue {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly value: number;
}

/** How a trend is drawn. */
export interface TrendOptions {
  readonly title: string;
  readonly unit: string;
  readonly color: string;
  /** Bars for amounts, which start at 0; a line for levels. */
  readonly shape: 'bars' | 'line';
  /** First and last day shown, also where nothing was measured. */
  readonly from: string;
  readonly to: string;
  readonly format: (value: number) => string;
}

const dayMs = 86_400_000;

/** Days as numbers, since the axis must not depend on the server's zone. */
function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / dayMs;
}

const shortDay = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/** `2016-04-12` as `12 Apr`. */
export function dayLabel(day: string): string {
  return shortDay.format(Date.parse(`${day}T00:00:00Z`));
}

/** One value a day: bars or a line, a missing day stays empty. */
export function trendChart(
  values: readonly DayValue[],
  options: TrendOptions,
  width: number,
): ChartDrawing {
  const { title, unit, color, shape, format } = options;
  const from = dayNumber(options.from);
  const to = dayNumber(options.to);
  const every = Math.max(1, Math.ceil((to - from + 1) / (width < 400 ? 4 : 7)));
  const ticks = range(from, to).filter((day) => (to - day) % every === 0);
  const points = values.map(({ day, value }) => ({ day, number: dayNumber(day), value }));
  const label = ({ day, value }: DayValue): string => `${dayLabel(day)}: ${format(value)} ${unit}`;
  return {
    width,
    height: 180,
    marginLeft: 46,
    marginRight: 22,
    ariaLabel: title,
    ariaDescription: `${values.length} days with values, from ${dayLabel(options.from)} to ${dayLabel(options.to)}.`,
    x: {
      domain: [from - 0.5, to + 0.5],
      ticks,
      tickFormat: (number: number) => shortDay.format(number * dayMs),
      label: null,
      tickSize: 0,
    },
    y: {
      label: null,
      nice: true,
      ticks: 4,
      tickSize: 0,
      zero: shape === 'bars',
      tickFormat: format,
    },
    marks: [
      gridY({ ticks: 4, stroke: 'var(--line)', strokeOpacity: 1 }),
      ...(shape === 'bars'
        ? [
            rectY(points, {
              x1: ({ number }: { number: number }) => number - 0.38,
              x2: ({ number }: { number: number }) => number + 0.38,
              y: 'value',
              fill: color,
              rx: 2,
              title: label,
            }),
            ruleY([0], { stroke: 'var(--line-strong)' }),
          ]
        : [
            lineY(withGaps(points), { x: 'number', y: 'value', stroke: color, strokeWidth: 2 }),
            dot(points, { x: 'number', y: 'value', fill: color, r: 3, title: label }),
          ]),
    ],
  };
}

interface Point {
  readonly number: number;
  readonly value: number;
}

/** A line must not claim values for days without one. */
function withGaps(points: readonly Point[]): readonly Point[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    if (before === undefined || point.number - before.number <= 1) return [point];
    return [{ number: before.number + 1, value: Number.NaN }, point];
  });
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** One day in a blend of two signals. */
export interface BlendPoint {
  readonly day: string;
  readonly x: number;
  readonly y: number;
}

/** The two axes of a scatter. */
export interface ScatterOptions {
  readonly xLabel: string;
  readonly yLabel: string;
}

/** Each day as a dot; the line is the least-squares fit with its 95 % band. */
export function scatterChart(
  points: readonly BlendPoint[],
  { xLabel, yLabel }: ScatterOptions,
  width: number,
): ChartDrawing {
  return {
    width,
    height: width < 400 ? 280 : 340,
    marginLeft: 52,
    marginBottom: 40,
    marginTop: 28,
    marginRight: 22,
    ariaLabel: `${yLabel} against ${xLabel}`,
    ariaDescription: `${points.length} days, one dot each.`,
    x: { label: xLabel, nice: true, ticks: 5, tickSize: 0, labelArrow: 'none' },
    y: { label: yLabel, nice: true, ticks: 5, tickSize: 0, labelArrow: 'none' },
    marks: [
      gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      ...(points.length < 3
        ? []
        : [
            linearRegressionY(points, {
              x: 'x',
              y: 'y',
              stroke: 'var(--accent)',
              strokeWidth: 1.5,
              fillOpacity: 0.12,
            }),
          ]),
      dot(points, {
        x: 'x',
        y: 'y',
        r: 4,
        fill: 'var(--accent)',
        fillOpacity: 0.75,
        title: ({ day, x, y }: BlendPoint) => `${dayLabel(day)}: ${x} and ${y}`,
      }),
    ],
  };
}

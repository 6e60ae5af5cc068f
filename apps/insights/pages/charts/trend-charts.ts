import { dot, gridY, lineY, linearRegressionY, rectY, ruleY } from '@observablehq/plot';
import type { ChartDrawing } from '../../../shared/web/chart-svg.ts';
import type { MetricView } from '../metric-views.ts';

/** A local day and what was measured on it. */
export interface DayValue {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly value: number;
}

/** How a trend is drawn. */
export interface TrendOptions {
  readonly title: string;
  readonly view: MetricView;
  /** First and last day shown, also where nothing was measured. */
  readonly from: string;
  readonly to: string;
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
  const { title, view } = options;
  const color = `var(--${view.icon})`;
  const lowest = view.shape === 'bars' ? 0 : Math.min(...values.map(({ value }) => value));
  const highest = Math.max(...values.map(({ value }) => value));
  const ticksOfValues = ticksWithin(lowest, highest, view);
  const from = dayNumber(options.from);
  const to = dayNumber(options.to);
  const every = Math.max(1, Math.ceil((to - from + 1) / (width < 400 ? 4 : 7)));
  const ticks = range(from, to).filter((day) => (to - day) % every === 0);
  const points = values.map(({ day, value }) => ({ day, number: dayNumber(day), value }));
  const label = ({ day, value }: DayValue): string => `${dayLabel(day)}: ${view.words(value)}`;
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
      ticks: ticksOfValues,
      tickSize: 0,
      zero: view.shape === 'bars',
      tickFormat: view.axisWords,
    },
    marks: [
      gridY({ ticks: ticksOfValues, stroke: 'var(--line)', strokeOpacity: 1 }),
      ...(view.shape === 'bars'
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

/** Multiples of the view's step between two values, about five; left to the scale without a step. */
function ticksWithin(from: number, to: number, { tickStep }: MetricView): number | number[] {
  if (tickStep === undefined) return 4;
  const step = tickStep * Math.max(1, Math.ceil((to - from) / tickStep / 5));
  const first = Math.ceil(from / step);
  const count = Math.floor(to / step) - first + 1;
  return count < 2 ? 4 : Array.from({ length: count }, (_, index) => (first + index) * step);
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
  readonly date: string;
  readonly left: number;
  readonly right: number;
}

/** A side of a blend as an axis. */
export interface ScatterAxis {
  readonly label: string;
  readonly view: MetricView;
}

/** Each day as a dot; the line is the least-squares fit with its 95 % band. */
export function scatterChart(
  points: readonly BlendPoint[],
  axes: { readonly x: ScatterAxis; readonly y: ScatterAxis },
  width: number,
): ChartDrawing {
  const { x, y } = axes;
  const lefts = points.map(({ left }) => left);
  const rights = points.map(({ right }) => right);
  const axis = ({ label, view }: ScatterAxis, values: readonly number[]) => ({
    label,
    nice: true,
    ticks: ticksWithin(Math.min(...values), Math.max(...values), view),
    tickSize: 0,
    labelArrow: 'none' as const,
    tickFormat: view.axisWords,
  });
  return {
    width,
    height: width < 400 ? 280 : 340,
    marginLeft: 52,
    marginBottom: 40,
    marginTop: 28,
    marginRight: 22,
    ariaLabel: `${y.label} against ${x.label}`,
    ariaDescription: `${points.length} days, one dot each.`,
    x: axis(x, lefts),
    y: axis(y, rights),
    marks: [
      gridY({
        ticks: ticksWithin(Math.min(...rights), Math.max(...rights), y.view),
        stroke: 'var(--line)',
        strokeOpacity: 1,
      }),
      ...(points.length < 3
        ? []
        : [
            linearRegressionY(points, {
              x: 'left',
              y: 'right',
              stroke: 'var(--accent)',
              strokeWidth: 1.5,
              fillOpacity: 0.12,
            }),
          ]),
      dot(points, {
        x: 'left',
        y: 'right',
        r: 4,
        fill: 'var(--accent)',
        fillOpacity: 0.75,
        title: ({ date, left, right }: BlendPoint) =>
          `${dayLabel(date)}: ${x.view.words(left)}, ${y.view.words(right)}`,
      }),
    ],
  };
}

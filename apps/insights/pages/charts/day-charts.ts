import { areaY, barX, gridY, lineY, rectY, ruleY, text } from '@observablehq/plot';
import type { ChartDrawing } from '../../../shared/web/chart-svg.ts';

/** Heart rate in a part of a local day. Hours count from local midnight: 13.5 is half past one. */
export interface HeartRateSpan {
  readonly fromHour: number;
  readonly toHour: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  readonly count: number;
}

/** An amount in a part of a local day. */
export interface AmountSpan {
  readonly fromHour: number;
  readonly toHour: number;
  readonly amount: number;
}

/** A named stretch of a day; hours below 0 lie in the evening before. */
export interface LaneSpan {
  readonly lane: string;
  readonly fromHour: number;
  readonly toHour: number;
  readonly label: string;
}

const dayAxis = {
  domain: [0, 24],
  ticks: [0, 6, 12, 18, 24],
  tickFormat: clock,
  label: null,
  tickSize: 0,
} as const;

/** `13.5` as `13:30`; hours of the evening before count down from midnight. */
export function clock(hour: number): string {
  const minutes = Math.round(hour * 60);
  const inDay = ((minutes % 1440) + 1440) % 1440;
  // The right end of a day is 24:00, not the next 00:00.
  const shown = minutes === 1440 ? minutes : inDay;
  return `${String(Math.floor(shown / 60)).padStart(2, '0')}:${String(shown % 60).padStart(2, '0')}`;
}

/** The day's range as a band from lowest to highest, its mean as a line; a gap stays a gap. */
export function heartRateDay(spans: readonly HeartRateSpan[], width: number): ChartDrawing {
  const points = withGaps(spans);
  const lowest = Math.min(...spans.map(({ min }) => min));
  const highest = Math.max(...spans.map(({ max }) => max));
  const middle = (span: HeartRateSpan): number => (span.fromHour + span.toHour) / 2;
  const band = { x: middle, y1: 'min', y2: 'max', curve: 'linear' } as const;
  return {
    width,
    height: 220,
    marginLeft: 34,
    marginRight: 14,
    ariaLabel: 'Heart rate through the day',
    ariaDescription: `From ${lowest} to ${highest} beats a minute.`,
    x: dayAxis,
    y: { label: null, nice: true, ticks: 4, tickSize: 0, zero: false },
    marks: [
      gridY({ ticks: 4, stroke: 'var(--line)', strokeOpacity: 1 }),
      areaY(points, { ...band, fill: 'var(--heart)', fillOpacity: 0.2 }),
      lineY(points, {
        x: middle,
        y: 'mean',
        stroke: 'var(--heart)',
        strokeWidth: 2,
      }),
      rectY(spans, {
        x1: 'fromHour',
        x2: 'toHour',
        y1: lowest,
        y2: highest,
        fill: 'var(--heart)',
        fillOpacity: 0,
        title: ({ fromHour, toHour, min, mean, max }: HeartRateSpan) =>
          `${clock(fromHour)}–${clock(toHour)}: ${min} to ${max}, mean ${mean.toFixed(0)} bpm`,
      }),
    ],
  };
}

/** Breaks lines and areas where a span is missing: an undefined value ends them. */
function withGaps(spans: readonly HeartRateSpan[]): readonly HeartRateSpan[] {
  return spans.flatMap((span, index) => {
    const before = spans[index - 1];
    if (before === undefined || span.fromHour - before.toHour < 0.01) return [span];
    const none = { min: Number.NaN, mean: Number.NaN, max: Number.NaN, count: 0 };
    return [{ fromHour: before.toHour, toHour: span.fromHour, ...none }, span];
  });
}

/** Steps of each part of a day as bars. */
export function stepsDay(spans: readonly AmountSpan[], width: number): ChartDrawing {
  const most = Math.max(0, ...spans.map(({ amount }) => amount));
  return {
    width,
    height: 180,
    marginLeft: 44,
    marginRight: 14,
    ariaLabel: 'Steps by hour',
    ariaDescription: `At most ${most} steps in an hour.`,
    x: dayAxis,
    y: { label: null, nice: true, ticks: 3, tickSize: 0, zero: true },
    marks: [
      gridY({ ticks: 3, stroke: 'var(--line)', strokeOpacity: 1 }),
      rectY(spans, {
        x1: 'fromHour',
        x2: 'toHour',
        y: 'amount',
        fill: 'var(--steps)',
        insetLeft: 1,
        insetRight: 1,
        rx: 2,
        title: ({ fromHour, toHour, amount }: AmountSpan) =>
          `${clock(fromHour)}–${clock(toHour)}: ${amount} steps`,
      }),
      ruleY([0], { stroke: 'var(--line-strong)' }),
    ],
  };
}

/** What is drawn in lanes: the stages of a night, or the stress episodes of a day. */
export interface LanesOptions {
  readonly title: string;
  readonly description: string;
  readonly lanes: readonly string[];
  readonly color: string;
  readonly hours: readonly [from: number, to: number];
}

/** Stretches of time in lanes, one above the other: a hypnogram. */
export function lanesChart(
  spans: readonly LaneSpan[],
  options: LanesOptions,
  width: number,
): ChartDrawing {
  const { title, description, lanes, color, hours } = options;
  // A mark of a second would be too thin to see.
  const least = (hours[1] - hours[0]) / 250;
  const every = hours[1] - hours[0] > 14 ? 6 : 2;
  const first = Math.ceil(hours[0] / every) * every;
  const ticks = Array.from(
    { length: Math.floor((hours[1] - first) / every) + 1 },
    (_, index) => first + index * every,
  );
  return {
    width,
    height: 40 + 30 * lanes.length,
    marginLeft: lanes.length > 1 ? 62 : 14,
    marginRight: 18,
    marginTop: 8,
    ariaLabel: title,
    ariaDescription: description,
    x: { domain: [...hours], ticks, tickFormat: clock, label: null, tickSize: 0 },
    y: { domain: [...lanes], axis: null },
    marks: [
      barX(lanes, {
        x1: hours[0],
        x2: hours[1],
        y: (lane: string) => lane,
        fill: 'var(--surface-sunk)',
        rx: 3,
      }),
      barX(spans, {
        x1: 'fromHour',
        x2: ({ fromHour, toHour }: LaneSpan) => Math.max(toHour, fromHour + least),
        y: 'lane',
        fill: color,
        rx: 2,
        title: ({ label, fromHour, toHour }: LaneSpan) =>
          `${label}, ${clock(fromHour)}–${clock(toHour)}`,
      }),
      lanes.length > 1
        ? text(lanes, {
            x: hours[0],
            y: (lane: string) => lane,
            text: (lane: string) => lane,
            textAnchor: 'end',
            dx: -8,
          })
        : null,
    ],
  };
}

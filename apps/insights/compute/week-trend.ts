import type { DayInsight, WeekComparison, WeekTrend } from './insights-types.ts';
import { dayAfter } from './local-time.ts';
import { metrics, type MetricDefinition } from './metrics.ts';
import { mean } from './statistics/describe.ts';
import { welchInterval } from './statistics/welch.ts';

/** Days that each side needs before an interval is worth anything. */
const leastDays = 4;

/** The last seven days against the seven before; a day that is not over is left out. */
export function weekTrend(days: readonly DayInsight[], today: string | undefined): WeekTrend {
  const complete = days.filter(({ date }) => today === undefined || date < today);
  const to = complete.at(-1)?.date;
  if (to === undefined) return { from: null, to: null, comparisons: [] };
  const from = dayAfter(to, -6);
  const between = (first: string, last: string): readonly DayInsight[] =>
    complete.filter(({ date }) => date >= first && date <= last);
  const current = between(from, to);
  const previous = between(dayAfter(from, -7), dayAfter(to, -7));
  return {
    from,
    to,
    comparisons: Object.values(metrics).map((metric) => compare(metric, current, previous)),
  };
}

function compare(
  { metric, label, unit, valueOf }: MetricDefinition,
  current: readonly DayInsight[],
  previous: readonly DayInsight[],
): WeekComparison {
  const now = current.flatMap((day) => valueOf(day) ?? []);
  const before = previous.flatMap((day) => valueOf(day) ?? []);
  const isEnough = now.length >= leastDays && before.length >= leastDays;
  const interval = isEnough ? welchInterval(now, before) : null;
  const hasBoth = now.length > 0 && before.length > 0;
  return {
    metric,
    label,
    unit,
    current: sideOf(now),
    previous: sideOf(before),
    difference: hasBoth ? mean(now) - mean(before) : null,
    interval,
    direction: interval === null ? 'not enough days' : directionOf(interval),
  };
}

function sideOf(values: readonly number[]): WeekComparison['current'] {
  return { n: values.length, mean: values.length === 0 ? null : mean(values) };
}

function directionOf([low, high]: readonly [number, number]): WeekComparison['direction'] {
  if (low > 0) return 'up';
  return high < 0 ? 'down' : 'no clear change';
}

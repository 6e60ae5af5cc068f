import type { Blend, DayInsight, Metric } from './insights-types.ts';
import { dayAfter } from './local-time.ts';
import { metrics } from './metrics.ts';
import { seededRandom } from './statistics/random.ts';
import { bootstrapInterval, permutationP, spearman } from './statistics/rank-correlation.ts';

/** Pairs of days that a correlation needs. */
export const leastPairs = 14;

const permutations = 1_999;
const resamples = 1_000;
const seed = 20_160_412;

/** Pairs that are looked at, first come first served: each a question that people ask. */
const questions: readonly {
  readonly left: Metric;
  readonly right: Metric;
  readonly lagDays: 0 | 1;
}[] = [
  { left: 'asleepMinutes', right: 'restingHeartRate', lagDays: 0 },
  { left: 'steps', right: 'asleepMinutes', lagDays: 1 },
  { left: 'steps', right: 'skinConductance', lagDays: 0 },
  { left: 'asleepMinutes', right: 'skinConductance', lagDays: 0 },
  { left: 'asleepMinutes', right: 'steps', lagDays: 0 },
  { left: 'steps', right: 'restingHeartRate', lagDays: 1 },
];

/** The pods that a daily signal came from. */
export type PodsOfMetric = Readonly<Record<Metric, readonly string[]>>;

/**
 * Two daily signals side by side, from different pods where there are such. The pair is chosen by
 * how many days it has, before its values are looked at, and it is the only one that is tested.
 */
export function blendOf(days: readonly DayInsight[], pods: PodsOfMetric): Blend | null {
  const candidates = questions
    .map((question) => ({ ...question, points: pointsOf(days, question) }))
    .filter(({ points }) => points.length > 0);
  const score = ({ left, right, points }: (typeof candidates)[number]): number =>
    (points.length >= leastPairs ? 2 : 0) + (areApart(pods[left], pods[right]) ? 1 : 0);
  const [chosen] = candidates.toSorted((a, b) => score(b) - score(a));
  if (chosen === undefined) return null;
  const { left, right, lagDays, points } = chosen;
  const found = relationOf(
    points.map((point) => point.left),
    points.map((point) => point.right),
  );
  const blend = {
    left: { ...named(left), pods: pods[left] },
    right: { ...named(right), pods: pods[right] },
    lagDays,
    points,
    n: points.length,
    ...found,
  };
  return { ...blend, words: inWords(blend) };
}

function areApart(left: readonly string[], right: readonly string[]): boolean {
  return !left.some((pod) => right.includes(pod));
}

function named(metric: Metric): Pick<Blend['left'], 'metric' | 'label' | 'unit'> {
  const { label, unit } = metrics[metric];
  return { metric, label, unit };
}

function pointsOf(
  days: readonly DayInsight[],
  { left, right, lagDays }: (typeof questions)[number],
): Blend['points'] {
  const byDate = new Map(days.map((day) => [day.date, day]));
  return days.flatMap((day) => {
    const later = byDate.get(dayAfter(day.date, lagDays));
    const leftValue = metrics[left].valueOf(day);
    const rightValue = later === undefined ? null : metrics[right].valueOf(later);
    if (leftValue === null || rightValue === null) return [];
    return [{ date: day.date, left: leftValue, right: rightValue }];
  });
}

type Relation = Pick<Blend, 'rho' | 'p' | 'interval' | 'relation'>;

/** A relation is found only where both the permutation test and the interval say so. */
export function relationOf(left: readonly number[], right: readonly number[]): Relation {
  if (left.length < leastPairs) {
    return { rho: null, p: null, interval: null, relation: 'not enough days' };
  }
  const random = seededRandom(seed);
  const rho = spearman(left, right);
  const p = permutationP(left, right, { permutations, random });
  const interval = bootstrapInterval(left, right, { resamples, random });
  const isFound = p < 0.05 && (interval[0] > 0 || interval[1] < 0);
  return {
    rho,
    p,
    interval,
    relation: isFound ? (rho > 0 ? 'positive' : 'negative') : 'none found',
  };
}

function inWords({ left, right, lagDays, n, rho, relation }: Omit<Blend, 'words'>): string {
  const when = lagDays === 1 ? ' the day before' : '';
  if (relation === 'not enough days') {
    return `${n} of the ${leastPairs} days that a comparison needs have both signals.`;
  }
  if (relation === 'none found' || rho === null) {
    return `Over ${n} days no relation was found between ${left.label.toLowerCase()}${when} and ${right.label.toLowerCase()}.`;
  }
  const direction = relation === 'positive' ? 'higher' : 'lower';
  return (
    `Over ${n} days, more ${left.label.toLowerCase()}${when} went with ${direction} ` +
    `${right.label.toLowerCase()} (ρ ${rho.toFixed(2)}). That does not say which one causes the other.`
  );
}

import { problemOf, type Problem } from '../../shared/web/problem.ts';
import type { Asked, Asking, TextRow } from '../compute/asking.ts';
import { localMsOf } from '../compute/local-time.ts';
import type { AmountSpan, HeartRateSpan, LaneSpan } from './charts/day-charts.ts';
import { dayQueries } from './day-queries.ts';

/** The course of something through a day; the problem where it could not be read. */
export type Course<Span> =
  | { readonly kind: 'read'; readonly spans: readonly Span[]; readonly asked: Asked }
  | { readonly kind: 'unread'; readonly problem: Problem };

/** What a day looks like from hour to hour, for charts. */
export interface DayDetail {
  readonly heartRate: Course<HeartRateSpan & Sensed>;
  readonly steps: Course<AmountSpan>;
  readonly sleep: Course<LaneSpan>;
  readonly stress: Course<LaneSpan>;
}

/** Two wristbands worn together measure everything twice. */
interface Sensed {
  /** IRI of the sensor. */
  readonly sensor: string;
}

/** Asks for the course of a local day. One that fails leaves the others. */
export async function dayDetail({ ask }: Asking, day: string): Promise<DayDetail> {
  const queries = dayQueries(day);
  const midnight = localMsOf(day);
  const hour = (text = ''): number => (localMsOf(text) - midnight) / 3_600_000;
  const course = async <Span>(
    sparql: string,
    spansOf: (rows: readonly TextRow[]) => readonly Span[],
  ): Promise<Course<Span>> => {
    try {
      const asked = await ask(sparql);
      return { kind: 'read', spans: spansOf(asked.rows), asked };
    } catch (error) {
      return { kind: 'unread', problem: problemOf(error) };
    }
  };
  const [heartRate, steps, sleep, stress] = await Promise.all([
    course(queries.heartRate, (rows) => byTime(rows.map((row) => heartRateSpan(row, hour)))),
    course(queries.steps, (rows) => byTime(richest(rows.map((row) => amountSpan(row, hour))))),
    course(queries.sleep, (rows) => byTime(richest(sleepSpans(rows, hour)))),
    course(queries.stress, (rows) => byTime(rows.map((row) => stressSpan(row, hour)))),
  ]);
  return { heartRate, steps, sleep, stress };
}

type HourOf = (text: string | undefined) => number;

// A block is the beginning of a time: `2016-04-12T07:2` is ten minutes from 07:20 on.
function heartRateSpan(row: TextRow, hour: HourOf): HeartRateSpan & Sensed {
  const fromHour = hour(`${row['block'] ?? ''}0`);
  return {
    sensor: row['sensor'] ?? '',
    fromHour,
    toHour: fromHour + 1 / 6,
    min: Number(row['min']),
    mean: Number(row['mean']),
    max: Number(row['max']),
    count: Number(row['n']),
  };
}

function amountSpan(row: TextRow, hour: HourOf): AmountSpan & Sensed {
  const fromHour = hour(row['block']);
  const amount = Number(row['amount']);
  return { sensor: row['sensor'] ?? '', fromHour, toHour: fromHour + 1, amount };
}

const stageLanes: Readonly<Record<string, string>> = {
  awake: 'Awake',
  rem: 'REM',
  restless: 'Restless',
  light: 'Light',
  asleep: 'Asleep',
  deep: 'Deep',
};

function sleepSpans(rows: readonly TextRow[], hour: HourOf): readonly (LaneSpan & Sensed)[] {
  return rows.map((row) => {
    const stage = row['stage']?.split('#').at(-1) ?? '';
    const lane = stageLanes[stage] ?? 'In bed';
    return {
      sensor: row['sensor'] ?? '',
      lane,
      label: lane,
      fromHour: hour(row['from'] ?? row['start']),
      toHour: hour(row['to'] ?? row['end']),
    };
  });
}

function stressSpan(row: TextRow, hour: HourOf): LaneSpan {
  const toHour = Math.min(24, hour(row['end']));
  return { lane: 'Stress', label: 'Stress', fromHour: Math.max(0, hour(row['start'])), toHour };
}

/** The spans of the sensor that tells most, so that nothing is drawn twice. */
function richest<Span extends Sensed & { readonly amount?: number }>(
  spans: readonly Span[],
): readonly Span[] {
  const weights = new Map<string, number>();
  for (const { sensor, amount = 1 } of spans)
    weights.set(sensor, (weights.get(sensor) ?? 0) + amount);
  const [most] = [...weights].toSorted(([, a], [, b]) => b - a);
  return spans.filter(({ sensor }) => sensor === most?.[0]);
}

function byTime<Span extends { readonly fromHour: number }>(
  spans: readonly Span[],
): readonly Span[] {
  return spans.toSorted((a, b) => a.fromHour - b.fromHour);
}

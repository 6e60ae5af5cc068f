import {
  columnBuilder,
  mergeColumns,
  mergeStress,
  type BuiltColumns,
  type ColumnBuilder,
  type DailySummary,
  type ReadingColumns,
  type Sensor,
  type SignalName,
  type SleepEpisode,
  type StressEpisode,
} from '../../vocab/index.ts';
import type { ReadingSink } from './sources/connector.ts';

/** All readings of one signal from one source, whatever their months. */
export interface PersonSeries extends BuiltColumns {
  readonly signal: SignalName;
  readonly source: string;
  /** Readings as they stood in the files, repeated ones included. */
  readonly read: number;
}

/** What an export holds of one person, read and checked; nothing of it is in a pod yet. */
export interface PersonData {
  readonly series: readonly PersonSeries[];
  readonly sleep: readonly SleepEpisode[];
  readonly stress: readonly StressEpisode[];
  readonly summaries: readonly DailySummary[];
  readonly sensors: readonly Sensor[];
  readonly warnings: readonly string[];
}

/** Gathers what connectors read, in compact columns. */
export interface PersonGatherer {
  readonly sink: ReadingSink;
  readings(): number;
  finish(): PersonData;
}

interface Gathered {
  readonly signal: SignalName;
  readonly source: string;
  readonly builder: ColumnBuilder;
}

export function personGatherer(): PersonGatherer {
  const gathered = new Map<string, Gathered>();
  const sleep: SleepEpisode[] = [];
  const stress: StressEpisode[] = [];
  const summaries: DailySummary[] = [];
  const sensors = new Map<string, Sensor>();
  const warnings: string[] = [];
  const sink: ReadingSink = {
    series(signal, source, scale) {
      const key = `${signal} ${source} ${scale}`;
      const known = gathered.get(key) ?? { signal, source, builder: columnBuilder(scale) };
      gathered.set(key, known);
      return { add: known.builder.push };
    },
    sleep: (episode) => sleep.push(episode),
    stress: (episode) => stress.push(episode),
    summary: (summary) => summaries.push(summary),
    sensor: (sensor) => sensors.set(sensor.source, sensor),
    warn: (text) => warnings.push(text),
  };
  return {
    sink,
    readings: () => [...gathered.values()].reduce((sum, { builder }) => sum + builder.size(), 0),
    finish: () => ({
      series: finishSeries([...gathered.values()]),
      sleep: sleep.toSorted((a, b) => a.startMs - b.startMs),
      stress: mergeStress(stress, []),
      summaries,
      sensors: [...sensors.values()],
      warnings,
    }),
  };
}

function finishSeries(gathered: readonly Gathered[]): readonly PersonSeries[] {
  const finished = new Map<string, PersonSeries>();
  for (const { signal, source, builder } of gathered) {
    const read = builder.size();
    if (read === 0) continue;
    const key = `${signal} ${source}`;
    const built = { signal, source, read, ...builder.build() };
    const known = finished.get(key);
    finished.set(key, known === undefined ? built : together(known, built));
  }
  return [...finished.values()];
}

/** Two columns of the same readings with different precision. */
function together(a: PersonSeries, b: PersonSeries): PersonSeries {
  const { columns, duplicates, conflicts } = mergeColumns(a.columns, b.columns);
  return {
    ...a,
    columns,
    read: a.read + b.read,
    duplicates: a.duplicates + b.duplicates + duplicates,
    conflicts: a.conflicts + b.conflicts + conflicts,
  };
}

/** Local days, `YYYY-MM-DD`, on which there is a reading, ascending. */
export function daysCovered({ timesMs, utcOffsetMinutes }: ReadingColumns): readonly string[] {
  const dayMs = 86_400_000;
  const days = new Set<number>();
  let last = Number.NaN;
  for (const [index, timeMs] of timesMs.entries()) {
    const day = Math.floor((timeMs + (utcOffsetMinutes[index] ?? 0) * 60_000) / dayMs);
    if (day !== last) days.add(day);
    last = day;
  }
  return [...days]
    .toSorted((a, b) => a - b)
    .map((day) => new Date(day * dayMs).toISOString().slice(0, 10));
}

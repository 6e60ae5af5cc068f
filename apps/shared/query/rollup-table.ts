import type { Term } from '@rdfjs/types';
import { DataFactory } from 'n3';
import {
  rollUp,
  signalOf,
  signals,
  WELL,
  type SignalName,
  RDF_TYPE,
  SOSA,
  XSD,
} from '../../../vocab/index.ts';
import type { LoadedDocument } from './document-loader.ts';
import { variableOfRole, type ReadingRole, type ReadingStar } from './reading-star.ts';
import { exact, scaledNumbers } from './table/decimals.ts';
import { codedColumn, keepRows, type Column, type Table, type Weights } from './table/table.ts';
import { fromPlain, termKey, typed } from './term-codec.ts';

/** Statistics of one signal from one sensor on one local day. */
export interface DayRecord {
  readonly signal: SignalName;
  readonly sensorIri: string;
  readonly day: string;
  readonly count: number;
  readonly sum: Term;
  readonly min: Term;
  readonly max: Term;
}

/** The days of a rollup document; none of what is not complete. */
export function recordsOfRollups({ quads }: LoadedDocument): readonly DayRecord[] {
  const bySubject = new Map<string, Map<string, Term>>();
  for (const [subject, predicate, object] of quads) {
    const key = JSON.stringify(subject);
    const properties = bySubject.get(key) ?? new Map<string, Term>();
    bySubject.set(key, properties);
    if (typeof predicate === 'string') properties.set(predicate, fromPlain(object));
  }
  return [...bySubject.values()].flatMap((properties) => recordOf(properties) ?? []);
}

function recordOf(properties: ReadonlyMap<string, Term>): DayRecord | undefined {
  const valueOf = (predicate: { readonly value: string }): string =>
    properties.get(predicate.value)?.value ?? '';
  if (valueOf(RDF_TYPE) !== WELL.Rollup.value) return undefined;
  const signal = signalOf(valueOf(SOSA.observedProperty))?.name;
  const [sensorIri, day] = [valueOf(SOSA.madeBySensor), valueOf(WELL.day)];
  const count = Number(valueOf(WELL.count));
  const [sum, min, max] = [WELL.sum, WELL.min, WELL.max].map(({ value }) => properties.get(value));
  if (signal === undefined || sensorIri === '' || day === '' || !(count > 0)) return undefined;
  if (sum === undefined || min === undefined || max === undefined) return undefined;
  return { signal, sensorIri, day, count, sum, min, max };
}

/** The same statistics, computed from the readings themselves. */
export function recordsOfSeries({ series }: LoadedDocument): readonly DayRecord[] {
  if (series === undefined) return [];
  const { signal, sensorIri } = series;
  return rollUp(series).days.map(({ start, count, sum, min, max }) => ({
    signal,
    sensorIri,
    day: start,
    count,
    sum: decimal(sum),
    min: decimal(min),
    max: decimal(max),
  }));
}

function decimal(text: string): Term {
  return typed(text, (text.includes('.') ? XSD.decimal : XSD.integer).value);
}

/** The solutions of a reading star, a row for all readings of a day: only their counts and sums. */
export function rollupTable(star: ReadingStar, records: readonly DayRecord[]): Table {
  const rows = records.filter(({ signal }) => star.signals.includes(signal));
  const columns = new Map<string, Column>();
  let table: Table = { size: rows.length, columns, weights: weightsOf(star, rows) };
  for (const [role, termOf] of termOfRole) {
    const object = star.objects.get(role);
    if (object === undefined) continue;
    const column = codedColumn(rows.map(termOf), rows.length);
    if (object.termType === 'Variable') columns.set(object.value, column);
    else {
      const key = termKey(object);
      const wanted = column.terms.map((term) => termKey(term) === key);
      table = keepRows(
        table,
        Uint8Array.from(column.codes, (code) => (wanted[code] === true ? 1 : 0)),
      );
    }
  }
  return table;
}

const termOfRole = new Map<ReadingRole, (record: DayRecord) => Term>([
  ['type', ({ signal }) => DataFactory.namedNode(signals[signal].readingClass)],
  ['property', ({ signal }) => DataFactory.namedNode(signals[signal].property)],
  ['sensor', ({ sensorIri }) => DataFactory.namedNode(sensorIri)],
  ['day', ({ day }) => typed(day, XSD.date.value)],
]);

function weightsOf(star: ReadingStar, rows: readonly DayRecord[]): Weights {
  const sums = scaledNumbers(rows.map(({ sum }) => sum));
  const mins = scaledNumbers(rows.map(({ min }) => min));
  const maxs = scaledNumbers(rows.map(({ max }) => max));
  const scale = Math.max(sums.scale, mins.scale, maxs.scale);
  const align = ({ scaled, scale: own }: typeof sums): Float64Array =>
    scaled.map((value) => exact(value * 10 ** (scale - own)));
  return {
    variable: variableOfRole(star, 'value'),
    counted: new Set([star.reading, variableOfRole(star, 'time') ?? star.reading]),
    counts: Float64Array.from(rows, ({ count }) => count),
    sums: align(sums),
    mins: align(mins),
    maxs: align(maxs),
    isDecimal: sums.isDecimal,
    scale,
  };
}

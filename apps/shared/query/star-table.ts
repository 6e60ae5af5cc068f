import type { Term } from '@rdfjs/types';
import { DataFactory } from 'n3';
import { signals, XSD } from '../../../vocab/index.ts';
import type { SeriesDocument } from './engine/evaluator.ts';
import type { ReadingRole, ReadingStar } from './reading-star.ts';
import { numberTerm } from './table/decimals.ts';
import { keepRows, type CodedColumn, type Column, type Table } from './table/table.ts';
import { dateTimeTerm, dayText } from './table/time.ts';
import { termKey, typed } from './term-codec.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Readings of several documents one after the other. */
interface Span {
  readonly document: SeriesDocument;
  /** Row of its first reading. */
  readonly from: number;
}

/** The solutions of a reading star over series: one row a reading. */
export function starTable(star: ReadingStar, documents: readonly SeriesDocument[]): Table {
  let size = 0;
  const spans: Span[] = [];
  for (const document of documents) {
    if (!star.signals.includes(document.series.signal)) continue;
    spans.push({ document, from: size });
    size += document.series.timesMs.length;
  }
  const columns = new Map<string, Column>([[star.reading, readingColumn(spans)]]);
  let table: Table = { size, columns };
  for (const [role, object] of star.objects) {
    const column = columnOf[role](spans, size);
    if (object.termType === 'Variable') columns.set(object.value, column);
    else table = keepRows(table, equalTo(column, object, size));
  }
  return table;
}

const columnOf: Readonly<Record<ReadingRole, (spans: readonly Span[], size: number) => Column>> = {
  type: (spans, size) => documentColumn(spans, size, (span) => signalOfSpan(span).readingClass),
  property: (spans, size) => documentColumn(spans, size, (span) => signalOfSpan(span).property),
  sensor: (spans, size) => documentColumn(spans, size, (span) => span.document.series.sensorIri),
  time: timeColumn,
  value: valueColumn,
  day: dayColumn,
};

function signalOfSpan({ document }: Span) {
  return signals[document.series.signal];
}

function readingColumn(spans: readonly Span[]): Column {
  return {
    kind: 'term',
    term: (row) => {
      const span = spans.findLast(({ from }) => from <= row);
      const timeMs = span?.document.series.timesMs[row - span.from];
      if (span === undefined || timeMs === undefined)
        throw new RangeError('a row outside its column');
      return DataFactory.namedNode(`${span.document.url}#${timeMs}`);
    },
  };
}

/** What all readings of a document share. */
function documentColumn(
  spans: readonly Span[],
  size: number,
  iriOf: (span: Span) => string,
): CodedColumn {
  const codes = new Int32Array(size);
  const iris: string[] = [];
  for (const span of spans) {
    const iri = iriOf(span);
    const known = iris.indexOf(iri);
    const code = known === -1 ? iris.push(iri) - 1 : known;
    codes.fill(code, span.from, span.from + span.document.series.timesMs.length);
  }
  return { kind: 'coded', codes, terms: iris.map((iri) => DataFactory.namedNode(iri)) };
}

function timeColumn(spans: readonly Span[], size: number): Column {
  const timesMs = new Float64Array(size);
  const utcOffsetMinutes = new Int16Array(size);
  for (const { document, from } of spans) {
    timesMs.set(document.series.timesMs, from);
    utcOffsetMinutes.set(document.series.utcOffsetMinutes, from);
  }
  return { kind: 'time', timesMs, utcOffsetMinutes };
}

function valueColumn(spans: readonly Span[], size: number): CodedColumn {
  const codes = new Int32Array(size);
  const terms: Term[] = [];
  const byText = new Map<string, number>();
  const byScale = new Map<number, Map<number, number>>();
  for (const { document, from } of spans) {
    const { scaledValues, scale } = document.series;
    const known = byScale.get(scale) ?? new Map<number, number>();
    byScale.set(scale, known);
    for (let index = 0; index < scaledValues.length; index++) {
      const scaled = scaledValues[index] ?? 0;
      let code = known.get(scaled);
      if (code === undefined) {
        // 36.5 of scale 1 and 36.50 of scale 2 are the same literal.
        const term = numberTerm(scaled, scale, scale > 0);
        const text = termKey(term);
        code = byText.get(text) ?? terms.push(term) - 1;
        byText.set(text, code);
        known.set(scaled, code);
      }
      codes[from + index] = code;
    }
  }
  return { kind: 'coded', codes, terms };
}

function dayColumn(spans: readonly Span[], size: number): CodedColumn {
  const codes = new Int32Array(size);
  const terms: Term[] = [];
  const known = new Map<number, number>();
  for (const { document, from } of spans) {
    const { timesMs, utcOffsetMinutes } = document.series;
    let lastDay = Number.NaN;
    let code = 0;
    for (let index = 0; index < timesMs.length; index++) {
      const localMs = (timesMs[index] ?? 0) + (utcOffsetMinutes[index] ?? 0) * minuteMs;
      const day = Math.floor(localMs / dayMs);
      if (day !== lastDay) {
        lastDay = day;
        code = known.get(day) ?? terms.push(typed(dayText(day), XSD.date.value)) - 1;
        known.set(day, code);
      }
      codes[from + index] = code;
    }
  }
  return { kind: 'coded', codes, terms };
}

/** Rows whose term is exactly this one: triple patterns match terms, not values. */
function equalTo(column: Column, constant: Term, size: number): Uint8Array {
  const key = termKey(constant);
  if (column.kind === 'coded') {
    const code = column.terms.findIndex((term) => termKey(term) === key);
    return Uint8Array.from(column.codes, (other) => (other === code ? 1 : 0));
  }
  if (column.kind !== 'time') throw new TypeError('a reading is never a constant object');
  const timeMs = Date.parse(constant.value);
  return Uint8Array.from({ length: size }, (_, row) => {
    if (column.timesMs[row] !== timeMs) return 0;
    const term = dateTimeTerm(timeMs, column.utcOffsetMinutes[row] ?? 0);
    return termKey(term) === key ? 1 : 0;
  });
}

import type { Term } from '@rdfjs/types';
import { termKey } from '../term-codec.ts';
import { dateTimeTerm } from './time.ts';

/**
 * Solutions in columns: a few thousand distinct terms and one integer a row, where one object a
 * binding would cost a hundred times as much.
 */
export interface Table {
  readonly size: number;
  readonly columns: ReadonlyMap<string, Column>;
  /** Rows that filters left, ascending; absent when all are. */
  readonly kept?: Int32Array;
  /** Present where a row stands for many readings: a day's rollup. */
  readonly weights?: Weights;
}

/** What one variable is bound to, row by row. */
export type Column = CodedColumn | TimeColumn | TermColumn;

/** `terms[codes[row]]`. Two rows have the same code exactly when they have the same term. */
export interface CodedColumn {
  readonly kind: 'coded';
  readonly codes: Int32Array;
  readonly terms: readonly Term[];
}

/** `xsd:dateTime` on the wearer's clock. UTC epoch milliseconds, offsets in minutes. */
export interface TimeColumn {
  readonly kind: 'time';
  readonly timesMs: Float64Array;
  readonly utcOffsetMinutes: Int16Array;
}

/** Terms made on demand, one distinct term a row: the readings themselves. */
export interface TermColumn {
  readonly kind: 'term';
  term(row: number): Term;
}

/** Per row: how many readings, and their sum, least and greatest value `× 10^scale`. */
export interface Weights {
  /** The variable that the values would be bound to. */
  readonly variable: string | undefined;
  /** The variables that every reading binds, though no column of this table does. */
  readonly counted: ReadonlySet<string>;
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly mins: Float64Array;
  readonly maxs: Float64Array;
  readonly isDecimal: Uint8Array;
  readonly scale: number;
}

/** Thrown where columns can't give exactly what SPARQL asks; the engine then evaluates it. */
export class NotPushable extends Error {
  override readonly name = 'NotPushable';
}

/** The rows that are left, in order. */
export function rowsOf(table: Table): Int32Array {
  if (table.kept !== undefined) return table.kept;
  // A loop: `Int32Array.from` with a function takes twenty times as long.
  const rows = new Int32Array(table.size);
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  return rows;
}

export function rowCount(table: Table): number {
  return table.kept?.length ?? table.size;
}

/** The term a column binds in a row. */
export function termAt(column: Column, row: number): Term {
  if (column.kind === 'term') return column.term(row);
  if (column.kind === 'time') {
    return dateTimeTerm(column.timesMs[row] ?? 0, column.utcOffsetMinutes[row] ?? 0);
  }
  const term = column.terms[column.codes[row] ?? -1];
  if (term === undefined) throw new RangeError('a row outside its column');
  return term;
}

/** A column of terms that repeat: each distinct term once. */
export function codedColumn(terms: Iterable<Term>, size: number): CodedColumn {
  const codes = new Int32Array(size);
  const dictionary: Term[] = [];
  const known = new Map<string, number>();
  let row = 0;
  for (const term of terms) {
    const key = termKey(term);
    let code = known.get(key);
    if (code === undefined) {
      code = dictionary.push(term) - 1;
      known.set(key, code);
    }
    codes[row++] = code;
  }
  return { kind: 'coded', codes, terms: dictionary };
}

/** Only the rows for which `keep` is 1. */
export function keepRows(table: Table, keep: Uint8Array): Table {
  const rows = table.kept;
  const total = rows?.length ?? table.size;
  const kept = new Int32Array(total);
  let count = 0;
  for (let index = 0; index < total; index++) {
    const row = rows === undefined ? index : (rows[index] ?? 0);
    if (keep[row] === 1) kept[count++] = row;
  }
  return count === total ? table : { ...table, kept: kept.subarray(0, count) };
}

/** The same rows with one more variable. */
export function withColumn(table: Table, variable: string, column: Column): Table {
  return { ...table, columns: new Map([...table.columns, [variable, column]]) };
}

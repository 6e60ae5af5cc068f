import type { Term } from '@rdfjs/types';
import type { Expression, OperatorExpression } from '../algebra.ts';
import type { Evaluator } from '../engine/evaluator.ts';
import { termKey } from '../term-codec.ts';
import { deriveFilter } from './derive.ts';
import { variableOf } from './keys.ts';
import { keepRows, type CodedColumn, type Column, type Table } from './table.ts';
import { instantOf } from './time.ts';

/**
 * Rows for which the expression is true. Comparisons of a column with a constant are made on the
 * column; all else once for each distinct input. @throws NotPushable.
 */
export async function filterTable(
  table: Table,
  expression: Expression,
  evaluator: Evaluator,
): Promise<Table> {
  if (expression.subType === 'operator' && expression.operator === '&&') {
    let filtered = table;
    for (const part of expression.args) filtered = await filterTable(filtered, part, evaluator);
    return filtered;
  }
  const keep = compare(table, expression) ?? (await deriveFilter(expression, table, evaluator));
  return keepRows(table, keep);
}

/** Rows whose variable is bound to one of the terms: a join with `VALUES` of distinct terms. */
export function filterByTerms(table: Table, variable: string, terms: readonly Term[]): Table {
  const column = table.columns.get(variable);
  if (column === undefined) return table;
  const wanted = new Set(terms.map(termKey));
  if (column.kind !== 'coded') {
    throw new TypeError('only a coded column can be joined by its terms');
  }
  return keepRows(
    table,
    keepCodes(column, (term) => wanted.has(termKey(term))),
  );
}

type Comparator = (left: number) => boolean;

const comparators: Readonly<Record<string, (right: number) => Comparator>> = {
  '=': (right) => (left) => left === right,
  '!=': (right) => (left) => left !== right,
  '<': (right) => (left) => left < right,
  '<=': (right) => (left) => left <= right,
  '>': (right) => (left) => left > right,
  '>=': (right) => (left) => left >= right,
};

const mirrored: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** `column op constant`, where both are numbers, days without a zone, or times with one. */
function compare(table: Table, expression: Expression): Uint8Array | undefined {
  if (expression.subType !== 'operator') return undefined;
  const comparison = comparisonOf(expression);
  if (comparison === undefined) return undefined;
  const column = table.columns.get(comparison.variable);
  const comparator = comparators[comparison.operator];
  if (column === undefined || comparator === undefined) return undefined;
  return (
    compareTime(column, comparison.constant, comparator) ??
    compareCoded(column, comparison.constant, comparator)
  );
}

/** A comparison of a variable with a constant, the variable put on the left. */
export interface Comparison {
  readonly variable: string;
  readonly operator: string;
  readonly constant: Term;
}

/** The comparison an expression is, if it is one of a variable with a constant. */
export function comparisonOf(expression: OperatorExpression): Comparison | undefined {
  const { operator, args } = expression;
  const [left, right] = args;
  if (comparators[operator] === undefined || args.length !== 2) return undefined;
  const variable = variableOf(left) ?? variableOf(right);
  const other = variableOf(left) === undefined ? left : right;
  if (variable === undefined || other?.subType !== 'term') return undefined;
  if (other.term.termType === 'Variable') return undefined;
  const turned = other === left ? (mirrored[operator] ?? operator) : operator;
  return { variable, operator: turned, constant: other.term };
}

function compareTime(
  column: Column,
  constant: Term,
  comparator: (right: number) => Comparator,
): Uint8Array | undefined {
  const instant = instantOf(constant);
  if (column.kind !== 'time' || instant === undefined) return undefined;
  const test = comparator(instant.timeMs);
  return Uint8Array.from(column.timesMs, (timeMs) => (test(timeMs) ? 1 : 0));
}

function compareCoded(
  column: Column,
  constant: Term,
  comparator: (right: number) => Comparator,
): Uint8Array | undefined {
  if (column.kind !== 'coded') return undefined;
  const right = rankOf(constant);
  const ranks = column.terms.map(rankOf);
  if (right === undefined || ranks.some((rank) => rank?.kind !== right.kind)) return undefined;
  const test = comparator(right.value);
  let index = 0;
  return keepCodes(column, () => test(ranks[index++]?.value ?? Number.NaN));
}

interface Rank {
  readonly kind: 'number' | 'day';
  readonly value: number;
}

const xsd = 'http://www.w3.org/2001/XMLSchema#';

/** Where a literal stands among those it may be compared with; `undefined` for all other terms. */
export function rankOf(term: Term | undefined): Rank | undefined {
  if (term?.termType !== 'Literal') return undefined;
  const { datatype, value } = term;
  if (datatype.value === `${xsd}integer` || datatype.value === `${xsd}decimal`) {
    if (!/^[+-]?\d{1,15}(?:\.\d{0,9})?$/u.test(value)) return undefined;
    return { kind: 'number', value: Number(value) };
  }
  if (datatype.value !== `${xsd}date` || !/^\d{4}-\d\d-\d\d$/u.test(value)) return undefined;
  const day = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(day) ? undefined : { kind: 'day', value: day };
}

/** 1 for each row whose code is wanted. */
function codesIn(codes: Int32Array, wanted: Uint8Array): Uint8Array {
  const keep = new Uint8Array(codes.length);
  for (let row = 0; row < codes.length; row++) keep[row] = wanted[codes[row] ?? -1] ?? 0;
  return keep;
}

function keepCodes(column: CodedColumn, test: (term: Term) => boolean): Uint8Array {
  const wanted = Uint8Array.from(column.terms.map((term) => (test(term) ? 1 : 0)));
  return codesIn(column.codes, wanted);
}

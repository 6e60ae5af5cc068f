import type { Term } from '@rdfjs/types';
import type { Expression, OrderBy, Project, Slice } from '../algebra.ts';
import { combineKeys, keysOfVariable, variableOf, type Keys } from './keys.ts';
import { ranksOf } from './group.ts';
import { NotPushable, rowsOf, type Column, type Table } from './table.ts';

/** Only the variables asked for (SPARQL 1.1 §18.2.4.3). */
export function projectTable(table: Table, { variables }: Project): Table {
  const columns = new Map<string, Column>();
  for (const { value } of variables) {
    const column = table.columns.get(value);
    if (column !== undefined) columns.set(value, column);
  }
  return { ...table, columns };
}

/** A part of the rows, in their order. */
export function sliceTable(table: Table, { start, length }: Slice): Table {
  const rows = rowsOf(table);
  return {
    ...table,
    kept: rows.subarray(start, length === undefined ? undefined : start + length),
  };
}

/** The first of each set of equal solutions. */
export function distinctTable(table: Table): Table {
  let keys: Keys = { codes: new Int32Array(table.size), size: Math.min(table.size, 1) };
  for (const name of table.columns.keys()) keys = combineKeys(keys, keysOfVariable(table, name));
  const seen = new Uint8Array(keys.size);
  const kept = rowsOf(table).filter((row) => {
    const key = keys.codes[row] ?? 0;
    const isFirst = seen[key] === 0;
    seen[key] = 1;
    return isFirst;
  });
  return { ...table, kept };
}

/** Rows in the order asked, of numbers, days, times, IRIs or plain strings. @throws NotPushable. */
export function orderTable(table: Table, { expressions }: OrderBy): Table {
  const orders = expressions.map((expression) => orderOf(table, expression));
  const kept = rowsOf(table).toSorted((left, right) => {
    for (const { rank, sign } of orders) {
      const difference = rank(left) - rank(right);
      if (difference !== 0) return sign * difference;
    }
    return 0;
  });
  return { ...table, kept };
}

function orderOf(table: Table, expression: Expression) {
  const isDescending = expression.subType === 'operator' && expression.operator === 'desc';
  const variable = variableOf(isDescending ? expression.args[0] : expression);
  const column = variable === undefined ? undefined : table.columns.get(variable);
  if (column === undefined) throw new NotPushable('an order by an expression');
  return { rank: textRanks(column) ?? ranksOf(column), sign: isDescending ? -1 : 1 };
}

const xsdString = 'http://www.w3.org/2001/XMLSchema#string';

/** Ranks of IRIs by code unit and of strings as Comunica 5.4 compares them, by locale. */
function textRanks(column: Column): ((row: number) => number) | undefined {
  if (column.kind !== 'coded') return undefined;
  const { codes, terms } = column;
  const compare = terms.every(({ termType }) => termType === 'NamedNode')
    ? byCodeUnit
    : terms.every(isString)
      ? (left: string, right: string) => left.localeCompare(right)
      : undefined;
  if (compare === undefined) return undefined;
  const sorted = [...terms.keys()].toSorted((left, right) =>
    compare(terms[left]?.value ?? '', terms[right]?.value ?? ''),
  );
  const ranks = new Int32Array(terms.length);
  sorted.forEach((code, rank) => (ranks[code] = rank));
  return (row) => ranks[codes[row] ?? 0] ?? 0;
}

function byCodeUnit(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function isString(term: Term): boolean {
  return term.termType === 'Literal' && term.datatype.value === xsdString;
}

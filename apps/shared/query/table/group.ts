import type { Term } from '@rdfjs/types';
import type { BoundAggregate, Group } from '../algebra.ts';
import type { Evaluator } from '../engine/evaluator.ts';
import { exact, integerTerm, meanTerm, numberTerm, scaledNumbers } from './decimals.ts';
import { deriveColumn } from './derive.ts';
import { rankOf } from './filter.ts';
import { combineKeys, keysOfVariable, variableOf, type Keys } from './keys.ts';
import { codedColumn, NotPushable, rowsOf, termAt, type Column, type Table } from './table.ts';

/** The rows of a table by the group they belong to, groups in the order they first occur. */
interface Grouping {
  readonly table: Table;
  readonly rows: Int32Array;
  /** Group of each entry of `rows`. */
  readonly groups: Int32Array;
  /** First row of each group. */
  readonly firstRows: readonly number[];
}

/**
 * `GROUP BY` with aggregates (SPARQL 1.1 §11), terms as Comunica 5.4 makes them: the sum and the
 * mean of integers exact, the mean a decimal, least and greatest the reading's own literal.
 * @throws NotPushable.
 */
export async function groupTable(table: Table, group: Group, evaluator: Evaluator): Promise<Table> {
  const grouping = groupRows(table, group);
  const columns = new Map<string, Column>();
  const size = grouping.firstRows.length;
  for (const { value: name } of group.variables) {
    const column = table.columns.get(name);
    if (column === undefined) throw new NotPushable('a group by a variable from elsewhere');
    const terms = grouping.firstRows.map((row) => termAt(column, row));
    columns.set(name, codedColumn(terms, size));
  }
  for (const aggregate of group.aggregates) {
    const terms = await aggregateTerms(grouping, aggregate, evaluator);
    columns.set(aggregate.variable.value, codedColumn(terms, size));
  }
  return { size, columns };
}

function groupRows(table: Table, { variables }: Group): Grouping {
  let keys: Keys = { codes: new Int32Array(table.size), size: Math.min(table.size, 1) };
  for (const { value } of variables) keys = combineKeys(keys, keysOfVariable(table, value));
  const rows = rowsOf(table);
  // Without a row and without a variable there is one group, of nothing: left to the engine.
  if (rows.length === 0 && variables.length === 0) throw new NotPushable('a group of no row');
  const groupOfKey = new Int32Array(Math.max(keys.size, 1)).fill(-1);
  const firstRows: number[] = [];
  const groups = new Int32Array(rows.length);
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? 0;
    const key = keys.codes[row] ?? 0;
    let group = groupOfKey[key] ?? -1;
    if (group === -1) {
      group = firstRows.push(row) - 1;
      groupOfKey[key] = group;
    }
    groups[index] = group;
  }
  return { table, rows, groups, firstRows };
}

async function aggregateTerms(
  grouping: Grouping,
  aggregate: BoundAggregate,
  evaluator: Evaluator,
): Promise<readonly Term[]> {
  const { table } = grouping;
  const { expression, distinct } = aggregate;
  if (expression.subType === 'wildcard') {
    if (distinct) throw new NotPushable('COUNT(DISTINCT *)');
    return countTerms(grouping);
  }
  const ofDays = termsOfDays(grouping, aggregate);
  if (ofDays !== undefined) return ofDays;
  const column = await deriveColumn(expression, table, evaluator);
  return termsOfColumn(
    distinct ? eachOnce(grouping, aggregate, column) : grouping,
    aggregate,
    column,
  );
}

function termsOfColumn(
  grouping: Grouping,
  { aggregator }: BoundAggregate,
  column: Column,
): readonly Term[] {
  if (aggregator === 'count') return countTerms(grouping);
  if (aggregator === 'sum' || aggregator === 'avg') return sumTerms(grouping, column, aggregator);
  if (aggregator === 'min' || aggregator === 'max')
    return extremeTerms(grouping, column, aggregator);
  if (aggregator === 'sample') return grouping.firstRows.map((row) => termAt(column, row));
  throw new NotPushable(`${aggregator} of columns`);
}

/** What the statistics of days answer; `undefined` where each row is one reading. */
function termsOfDays(grouping: Grouping, aggregate: BoundAggregate): readonly Term[] | undefined {
  const { weights } = grouping.table;
  const name = variableOf(aggregate.expression);
  if (weights === undefined || name === undefined) return undefined;
  if (name === weights.variable) return weightedTerms(grouping, aggregate);
  const isCount = aggregate.aggregator === 'count' && weights.counted.has(name);
  return isCount ? countTerms(grouping) : undefined;
}

function countTerms({ table, rows, groups, firstRows }: Grouping): readonly Term[] {
  const counts = new Float64Array(firstRows.length);
  for (let index = 0; index < rows.length; index++) {
    const weight = table.weights?.counts[rows[index] ?? 0] ?? 1;
    counts[groups[index] ?? 0] = (counts[groups[index] ?? 0] ?? 0) + weight;
  }
  return Array.from(counts, integerTerm);
}

/** Each value of a group once. */
function eachOnce(grouping: Grouping, { expression }: BoundAggregate, column: Column): Grouping {
  const name = variableOf(expression);
  const { table } = grouping;
  if (table.weights !== undefined || name === undefined) throw new NotPushable('DISTINCT');
  const keys = keysOfVariable({ ...table, columns: new Map([[name, column]]) }, name);
  const seen = new Set<number>();
  const kept: number[] = [];
  grouping.rows.forEach((row, index) => {
    const pair = (grouping.groups[index] ?? 0) * keys.size + (keys.codes[row] ?? 0);
    if (!seen.has(pair)) kept.push(index);
    seen.add(pair);
  });
  return {
    ...grouping,
    rows: Int32Array.from(kept, (index) => grouping.rows[index] ?? 0),
    groups: Int32Array.from(kept, (index) => grouping.groups[index] ?? 0),
  };
}

function sumTerms(
  { rows, groups, firstRows }: Grouping,
  column: Column,
  aggregator: 'sum' | 'avg',
): readonly Term[] {
  if (column.kind !== 'coded') throw new NotPushable('a sum of times');
  const { scaled, isDecimal, scale } = scaledNumbers(column.terms);
  const sums = new Float64Array(firstRows.length);
  const counts = new Float64Array(firstRows.length);
  const decimals = new Uint8Array(firstRows.length);
  for (let index = 0; index < rows.length; index++) {
    const group = groups[index] ?? 0;
    const code = column.codes[rows[index] ?? 0] ?? 0;
    sums[group] = (sums[group] ?? 0) + (scaled[code] ?? 0);
    counts[group] = (counts[group] ?? 0) + 1;
    if (isDecimal[code] === 1) decimals[group] = 1;
  }
  return Array.from(sums, (sum, group) =>
    aggregator === 'avg'
      ? meanTerm(exact(sum), scale, counts[group] ?? 1)
      : numberTerm(exact(sum), scale, decimals[group] === 1),
  );
}

function extremeTerms(
  { rows, groups, firstRows }: Grouping,
  column: Column,
  aggregator: 'min' | 'max',
): readonly Term[] {
  const rank = ranksOf(column);
  const best = new Int32Array(firstRows);
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? 0;
    const group = groups[index] ?? 0;
    const difference = rank(row) - rank(best[group] ?? 0);
    if (aggregator === 'min' ? difference < 0 : difference > 0) best[group] = row;
  }
  return Array.from(best, (row) => termAt(column, row));
}

/** The order of a column's rows as a number. @throws NotPushable for terms of several kinds. */
export function ranksOf(column: Column): (row: number) => number {
  if (column.kind === 'time') return (row) => column.timesMs[row] ?? 0;
  if (column.kind === 'term') throw new NotPushable('an order of readings');
  const ranks = column.terms.map(rankOf);
  const kind = ranks[0]?.kind;
  if (ranks.some((rank) => rank === undefined || rank.kind !== kind)) {
    throw new NotPushable('an order of other terms than numbers and days');
  }
  const values = Float64Array.from(ranks, (rank) => rank?.value ?? 0);
  return (row) => values[column.codes[row] ?? 0] ?? 0;
}

/** Aggregates of readings of which only the days' statistics are at hand. */
function weightedTerms(
  { table, rows, groups, firstRows }: Grouping,
  { aggregator, distinct }: BoundAggregate,
): readonly Term[] {
  const { weights } = table;
  if (weights === undefined || distinct) throw new NotPushable('distinct readings of a rollup');
  const { counts, sums, mins, maxs, isDecimal, scale } = weights;
  const totals = firstRows.map((row) => ({
    count: 0,
    sum: 0,
    least: row,
    greatest: row,
    decimal: false,
  }));
  rows.forEach((row, index) => {
    const total = totals[groups[index] ?? 0];
    if (total === undefined) return;
    total.count += counts[row] ?? 0;
    total.sum = exact(total.sum + (sums[row] ?? 0));
    total.decimal ||= isDecimal[row] === 1;
    if ((mins[row] ?? 0) < (mins[total.least] ?? 0)) total.least = row;
    if ((maxs[row] ?? 0) > (maxs[total.greatest] ?? 0)) total.greatest = row;
  });
  const valueAt = (values: Float64Array, row: number): Term =>
    numberTerm(values[row] ?? 0, scale, isDecimal[row] === 1);
  return totals.map((total) => {
    switch (aggregator) {
      case 'count':
        return integerTerm(total.count);
      case 'sum':
        return numberTerm(total.sum, scale, total.decimal);
      case 'avg':
        return meanTerm(total.sum, scale, total.count);
      case 'min':
        return valueAt(mins, total.least);
      case 'max':
        return valueAt(maxs, total.greatest);
      default:
        throw new NotPushable(`${aggregator} of a rollup`);
    }
  });
}

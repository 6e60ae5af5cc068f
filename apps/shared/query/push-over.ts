import { inputsOf, type Join, type Operation } from './algebra.ts';
import type { Evaluator } from './engine/evaluator.ts';
import { deriveColumn } from './table/derive.ts';
import { filterByTerms, filterTable } from './table/filter.ts';
import { groupTable } from './table/group.ts';
import { distinctTable, orderTable, projectTable, sliceTable } from './table/reshape.ts';
import { NotPushable, withColumn, type Table } from './table/table.ts';
import { termKey } from './term-codec.ts';

/**
 * An operation whose input is a table, as a table; the operation itself where columns can't give
 * exactly what it asks.
 */
export async function pushOver(operation: Operation, evaluator: Evaluator): Promise<Operation> {
  try {
    return (await over(operation, evaluator)) ?? operation;
  } catch (error) {
    if (error instanceof NotPushable) return operation;
    throw error;
  }
}

async function over(operation: Operation, evaluator: Evaluator): Promise<Operation | undefined> {
  if (operation.type === 'join') return joinValues(operation);
  const [input, ...others] = inputsOf(operation);
  if (input?.type !== 'table' || others.length > 0) return undefined;
  const table = await applyTo(input.table, operation, evaluator);
  return table === undefined ? undefined : { type: 'table', table };
}

/** One operation applied to a table. @throws NotPushable. */
async function applyTo(
  table: Table,
  operation: Operation,
  evaluator: Evaluator,
): Promise<Table | undefined> {
  if (operation.type === 'filter') return filterTable(table, operation.expression, evaluator);
  if (operation.type === 'group') return groupTable(table, operation, evaluator);
  if (operation.type === 'project') return projectTable(table, operation);
  if (operation.type === 'orderby') return orderTable(table, operation);
  if (operation.type === 'slice') return sliceTable(table, operation);
  if (operation.type === 'distinct') return distinctTable(table);
  if (operation.type !== 'extend' || table.columns.has(operation.variable.value)) return undefined;
  const column = await deriveColumn(operation.expression, table, evaluator);
  return withColumn(table, operation.variable.value, column);
}

/** A join of a table with `VALUES` of one variable and distinct terms only leaves some rows. */
function joinValues(join: Join): Operation | undefined {
  const [first, ...others] = join.input.filter((input) => input.type === 'table');
  if (first === undefined || others.length > 0) return undefined;
  let { table } = first;
  const rest: Operation[] = [];
  for (const input of join.input) {
    if (input.type === 'table') continue;
    const list = termListOf(input);
    if (list !== undefined && table.columns.get(list.variable)?.kind === 'coded') {
      table = filterByTerms(table, list.variable, list.terms);
    } else rest.push(input);
  }
  const reduced: Operation = { type: 'table', table };
  return rest.length === 0 ? reduced : { type: 'join', input: [reduced, ...rest] };
}

/** `VALUES` of one variable without UNDEF or repetition. */
function termListOf(operation: Operation) {
  const [variable, ...others] = operation.type === 'values' ? operation.variables : [];
  if (operation.type !== 'values' || variable === undefined || others.length > 0) return undefined;
  const terms = operation.bindings.flatMap((binding) => binding[variable.value] ?? []);
  const isSet = new Set(terms.map(termKey)).size === operation.bindings.length;
  return isSet ? { variable: variable.value, terms } : undefined;
}

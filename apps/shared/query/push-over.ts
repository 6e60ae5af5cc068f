import type { Join, Operation, TableOperation } from './algebra.ts';
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
  if (!('input' in operation) || Array.isArray(operation.input)) return undefined;
  const { input } = operation as { readonly input: Operation };
  if (input.type !== 'table') return undefined;
  const result = await applyTo(input.table, operation, evaluator);
  return result === undefined ? undefined : { type: 'table', table: result };
}

/** One operation applied to a table. @throws NotPushable. */
async function applyTo(
  table: Table,
  operation: Operation,
  evaluator: Evaluator,
): Promise<Table | undefined> {
  switch (operation.type) {
    case 'filter':
      return filterTable(table, operation.expression, evaluator);
    case 'extend': {
      const { value } = operation.variable;
      if (table.columns.has(value)) return undefined;
      return withColumn(table, value, await deriveColumn(operation.expression, table, evaluator));
    }
    case 'group':
      return groupTable(table, operation, evaluator);
    case 'project':
      return projectTable(table, operation);
    case 'orderby':
      return orderTable(table, operation);
    case 'slice':
      return sliceTable(table, operation);
    case 'distinct':
      return distinctTable(table);
    default:
      return undefined;
  }
}

/** A join of a table with `VALUES` of one variable and distinct terms only leaves some rows. */
function joinValues(join: Join): Operation | undefined {
  const tables = join.input.filter((input): input is TableOperation => input.type === 'table');
  let [table] = tables.map((input) => input.table);
  if (table === undefined || tables.length > 1) return undefined;
  const rest: Operation[] = [];
  for (const input of join.input) {
    if (input.type === 'table') continue;
    const [variable, ...others] = input.type === 'values' ? input.variables : [];
    const isCoded = table.columns.get(variable?.value ?? '')?.kind === 'coded';
    if (input.type !== 'values' || variable === undefined || others.length > 0 || !isCoded) {
      rest.push(input);
      continue;
    }
    const terms = input.bindings.flatMap((binding) => binding[variable.value] ?? []);
    const isPlainSet =
      terms.length === input.bindings.length && new Set(terms.map(termKey)).size === terms.length;
    if (isPlainSet) table = filterByTerms(table, variable.value, terms);
    else rest.push(input);
  }
  const reduced: Operation = { type: 'table', table };
  return rest.length === 0 ? reduced : { type: 'join', input: [reduced, ...rest] };
}

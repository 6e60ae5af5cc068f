import type { Literal, NamedNode, Term } from '@rdfjs/types';
import { DataFactory } from 'n3';
import { variablesOf, type Expression, type Operation, type Values } from '../algebra.ts';
import type { Evaluator } from '../engine/evaluator.ts';
import { termKey, typed } from '../term-codec.ts';
import { integerTerm } from './decimals.ts';
import { keysOfExpression, substringOfTime, variableOf, type Keys } from './keys.ts';
import { NotPushable, rowsOf, termAt, type Column, type Table } from './table.ts';

/** What the engine may be asked to evaluate for one expression: distinct inputs, not rows. */
const maxDistinct = 5_000;

const xsdBoolean = 'http://www.w3.org/2001/XMLSchema#boolean';

/**
 * The column of an expression. It is evaluated once for each distinct input: natively for the
 * parts of a time, else by the engine itself, so that its value is SPARQL's by construction.
 * @throws NotPushable when that would be too many, or a value is an error.
 */
export async function deriveColumn(
  expression: Expression,
  table: Table,
  evaluator: Evaluator,
): Promise<Column> {
  const variable = variableOf(expression);
  const column = variable === undefined ? undefined : table.columns.get(variable);
  if (column !== undefined) return column;
  const keys = keysOfExpression(expression, table);
  const examples = exampleRows(table, keys);
  const native = nativeTerms(expression, table, examples);
  const terms = native ?? (await engineTerms(expression, table, { examples, evaluator }));
  if (examples.some((row, key) => row !== -1 && terms[key] === undefined)) {
    throw new NotPushable('an expression that is an error for some values');
  }
  return distinctColumn(keys, terms);
}

/** Whether the expression is true, for each row. An error counts as false (SPARQL 1.1 §17.2). */
export async function deriveFilter(
  expression: Expression,
  table: Table,
  evaluator: Evaluator,
): Promise<Uint8Array> {
  const keys = keysOfExpression(expression, table);
  const test: Expression = {
    type: 'expression',
    subType: 'operator',
    operator: 'if',
    args: [expression, constant('true'), constant('false')],
  };
  const examples = exampleRows(table, keys);
  const terms = await engineTerms(test, table, { examples, evaluator });
  return Uint8Array.from(keys.codes, (code) => (terms[code]?.value === 'true' ? 1 : 0));
}

function constant(value: string): Expression {
  return { type: 'expression', subType: 'term', term: typed(value, xsdBoolean) };
}

/** One row for each key that occurs among the rows left; -1 for the others. */
function exampleRows(table: Table, keys: Keys): Int32Array {
  const examples = new Int32Array(keys.size).fill(-1);
  for (const row of rowsOf(table)) examples[keys.codes[row] ?? 0] = row;
  return examples;
}

/** The value in each example row, where no engine is needed for it. */
function nativeTerms(
  expression: Expression,
  table: Table,
  examples: Int32Array,
): (Term | undefined)[] | undefined {
  const cut = substringOfTime(expression);
  if (cut !== undefined) {
    const column = table.columns.get(cut.variable);
    if (column === undefined || column.kind === 'term') return undefined;
    return mapExamples(examples, (row) =>
      DataFactory.literal(termAt(column, row).value.slice(0, cut.length)),
    );
  }
  if (expression.subType !== 'operator') return undefined;
  const column = table.columns.get(variableOf(expression.args[0]) ?? '');
  const part = localParts[expression.operator];
  if (part === undefined || column?.kind !== 'time') return undefined;
  return mapExamples(examples, (row) => {
    const localMs = (column.timesMs[row] ?? 0) + (column.utcOffsetMinutes[row] ?? 0) * 60_000;
    return integerTerm(part(new Date(localMs)));
  });
}

const localParts: Readonly<Record<string, (local: Date) => number>> = {
  year: (local) => local.getUTCFullYear(),
  month: (local) => local.getUTCMonth() + 1,
  day: (local) => local.getUTCDate(),
  hours: (local) => local.getUTCHours(),
  minutes: (local) => local.getUTCMinutes(),
};

function mapExamples(examples: Int32Array, termOf: (row: number) => Term): (Term | undefined)[] {
  return Array.from(examples, (row) => (row === -1 ? undefined : termOf(row)));
}

/** Evaluates an expression once for each example row, in one query without any source. */
async function engineTerms(
  expression: Expression,
  table: Table,
  { examples, evaluator }: { readonly examples: Int32Array; readonly evaluator: Evaluator },
): Promise<(Term | undefined)[]> {
  const asked = [...examples.keys()].filter((key) => examples[key] !== -1);
  if (asked.length > maxDistinct) throw new NotPushable('too many distinct values');
  const names = [...variablesOf(expression)];
  const bindings = asked.map((key) => {
    const inputs = names.map((name) => [name, inputTerm(table, name, examples[key] ?? 0)] as const);
    return Object.fromEntries<NamedNode | Literal>([...inputs, [keyVariable, integerTerm(key)]]);
  });
  const values: Values = {
    type: 'values',
    variables: [...names, keyVariable].map((name) => DataFactory.variable(name)),
    bindings,
  };
  const algebra: Operation = {
    type: 'project',
    input: { type: 'extend', input: values, variable: DataFactory.variable(outcome), expression },
    variables: [DataFactory.variable(keyVariable), DataFactory.variable(outcome)],
  };
  const { rows } = await evaluator.evaluate({ algebra, maxRows: asked.length });
  const terms = Array.from<Term | undefined>({ length: examples.length });
  for (const row of rows) terms[Number(row[keyVariable]?.value)] = row[outcome];
  return terms;
}

// No variable of a query can have these names: SPARQL variables hold no hyphen.
const keyVariable = 'row-key';
const outcome = 'row-outcome';

function inputTerm(table: Table, name: string, row: number): NamedNode | Literal {
  const column = table.columns.get(name);
  const term = column === undefined ? undefined : termAt(column, row);
  if (term?.termType === 'NamedNode' || term?.termType === 'Literal') return term;
  throw new NotPushable('a value that VALUES cannot hold');
}

function distinctColumn(keys: Keys, terms: readonly (Term | undefined)[]): Column {
  const dictionary: Term[] = [];
  const known = new Map<string, number>();
  const codeOfKey = Int32Array.from(terms, (term) => {
    if (term === undefined) return -1;
    const text = termKey(term);
    const code = known.get(text) ?? dictionary.push(term) - 1;
    known.set(text, code);
    return code;
  });
  return {
    kind: 'coded',
    codes: Int32Array.from(keys.codes, (key) => codeOfKey[key] ?? -1),
    terms: dictionary,
  };
}

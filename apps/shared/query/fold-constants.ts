import type { Term } from '@rdfjs/types';
import { DataFactory } from 'n3';
import { expressionsOf, inputsOf, withInputs, type Expression, type Operation } from './algebra.ts';
import type { Evaluator } from './engine/evaluator.ts';

/** Functions that give another value each time, or speak of a solution. */
const notConstant: ReadonlySet<string> = new Set(['rand', 'uuid', 'struuid', 'bnode', 'bound']);

/**
 * The algebra with each computed constant (`NOW() - "P7D"^^xsd:dayTimeDuration`,
 * `xsd:date("2016-04-12")`) replaced by its value: only so do they bound the days to be read. The
 * engine computes them; what is an error stays as it is.
 */
export async function foldConstants(algebra: Operation, evaluator: Evaluator): Promise<Operation> {
  const constants = [...constantsWithin(algebra)];
  if (constants.length === 0) return algebra;
  let operation: Operation = { type: 'values', variables: [], bindings: [{}] };
  for (const [index, expression] of constants.entries()) {
    const variable = DataFactory.variable(`constant-${index}`);
    operation = { type: 'extend', input: operation, variable, expression };
  }
  const variables = constants.map((_, index) => DataFactory.variable(`constant-${index}`));
  const { rows } = await evaluator.evaluate({
    algebra: { type: 'project', input: operation, variables },
    maxRows: 1,
  });
  const values = new Map<Expression, Term>();
  constants.forEach((expression, index) => {
    const value = rows[0]?.[`constant-${index}`];
    if (value !== undefined) values.set(expression, value);
  });
  return replaceWithin(algebra, values);
}

function* constantsWithin(operation: Operation): Iterable<Expression> {
  for (const input of inputsOf(operation)) yield* constantsWithin(input);
  if (operation.type !== 'filter' && operation.type !== 'extend' && operation.type !== 'leftjoin') {
    return;
  }
  for (const expression of expressionsOf(operation)) yield* constantParts(expression);
}

/** The greatest parts of an expression that are computed from constants alone. */
function* constantParts(expression: Expression): Iterable<Expression> {
  if (expression.subType !== 'operator' && expression.subType !== 'named') return;
  if (isConstant(expression)) yield expression;
  else for (const argument of expression.args) yield* constantParts(argument);
}

function isConstant(expression: Expression): boolean {
  if (expression.subType === 'term') return expression.term.termType !== 'Variable';
  if (expression.subType !== 'operator' && expression.subType !== 'named') return false;
  if (expression.subType === 'operator' && notConstant.has(expression.operator)) return false;
  return expression.args.every(isConstant);
}

function replaceWithin(operation: Operation, values: ReadonlyMap<Expression, Term>): Operation {
  const inputs = inputsOf(operation).map((input) => replaceWithin(input, values));
  const replaced = withInputs(operation, inputs);
  const isAbout =
    replaced.type === 'filter' || replaced.type === 'extend' || replaced.type === 'leftjoin';
  if (!isAbout || replaced.expression === undefined) return replaced;
  return { ...replaced, expression: replaceParts(replaced.expression, values) };
}

function replaceParts(expression: Expression, values: ReadonlyMap<Expression, Term>): Expression {
  const term = values.get(expression);
  if (term !== undefined) return { type: 'expression', subType: 'term', term };
  if (expression.subType !== 'operator' && expression.subType !== 'named') return expression;
  return { ...expression, args: expression.args.map((argument) => replaceParts(argument, values)) };
}

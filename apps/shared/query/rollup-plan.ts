import {
  variablesOf,
  withInputs,
  type BoundAggregate,
  type Group,
  type Operation,
} from './algebra.ts';
import { constraintsBelow, type Constraint } from './constraints.ts';
import { readingStarOf, starsOf, variableOfRole, type ReadingStar } from './reading-star.ts';
import { variableOf } from './table/keys.ts';

/** A group over one reading star that depends on no more of a reading than its day and sensor. */
export interface RollupPlan {
  readonly star: ReadingStar;
  readonly constraints: readonly Constraint[];
  /** What is to be done with the star's solutions, in order; the last is the group. */
  readonly steps: readonly ((input: Operation) => Operation)[];
}

/** The plan for a group, where the statistics of whole days are enough to answer it. */
export function rollupPlanOf(group: Group, above: readonly Constraint[]): RollupPlan | undefined {
  const steps: ((input: Operation) => Operation)[] = [(input) => withInputs(group, [input])];
  const readByStep = new Set(group.variables.map(({ value }) => value));
  let [constraints] = constraintsBelow(group, above);
  let operation = group.input;
  while (operation.type !== 'bgp') {
    const step = stepOf(operation);
    if (step === undefined) return undefined;
    for (const name of step.reads) readByStep.add(name);
    steps.unshift(step.over);
    constraints = constraintsBelow(operation, constraints ?? [])[step.at];
    operation = step.input;
  }
  const [star, ...others] = starsOf(operation);
  const readings = star && readingStarOf(star);
  if (readings === undefined || others.length > 0) return undefined;
  if (!dependsOnDaysOnly(readings, group, readByStep)) return undefined;
  return { star: readings, constraints: constraints ?? [], steps };
}

/** An operation that a row of a day can go through: a filter, a new variable, a list of values. */
interface Step {
  readonly input: Operation;
  /** Which of the operation's inputs that is. */
  readonly at: number;
  readonly reads: Iterable<string>;
  readonly over: (input: Operation) => Operation;
}

function stepOf(operation: Operation): Step | undefined {
  if (operation.type === 'filter' || operation.type === 'extend') {
    const reads = variablesOf(operation.expression);
    const { input } = operation;
    return { input, at: 0, reads, over: (other) => withInputs(operation, [other]) };
  }
  if (operation.type !== 'join') return undefined;
  const at = operation.input.findIndex(({ type }) => type !== 'values');
  const lists = operation.input.filter((input) => input.type === 'values');
  const input = operation.input[at];
  if (input === undefined || lists.length !== operation.input.length - 1) return undefined;
  return {
    input,
    at,
    reads: lists.flatMap(({ variables }) => variables.map(({ value }) => value)),
    over: (other) => ({ ...operation, input: operation.input.with(at, other) }),
  };
}

function dependsOnDaysOnly(
  star: ReadingStar,
  group: Group,
  readByStep: ReadonlySet<string>,
): boolean {
  const constant = (role: 'time' | 'value'): boolean => {
    const object = star.objects.get(role);
    return object !== undefined && object.termType !== 'Variable';
  };
  if (constant('time') || constant('value')) return false;
  const value = variableOfRole(star, 'value');
  const ofEachReading = [star.reading, variableOfRole(star, 'time'), value];
  if (ofEachReading.some((name) => name !== undefined && readByStep.has(name))) return false;
  return group.aggregates.every((aggregate) => isAnswerable(aggregate, value, ofEachReading));
}

const valueAggregates: ReadonlySet<string> = new Set(['count', 'sum', 'avg', 'min', 'max']);

function isAnswerable(
  { aggregator, expression, distinct }: BoundAggregate,
  value: string | undefined,
  ofEachReading: readonly (string | undefined)[],
): boolean {
  if (distinct) return false;
  if (expression.subType === 'wildcard') return aggregator === 'count';
  const name = variableOf(expression);
  if (name !== undefined && name === value) return valueAggregates.has(aggregator);
  if (aggregator === 'count') return name !== undefined;
  if (aggregator !== 'min' && aggregator !== 'max') return false;
  return ![...variablesOf(expression)].some((read) => ofEachReading.includes(read));
}

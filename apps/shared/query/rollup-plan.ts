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
    const step = operation;
    const below = constraintsBelow(step, constraints ?? []);
    const at = step.type === 'join' ? step.input.findIndex(({ type }) => type !== 'values') : 0;
    const next = nextInput(step, at);
    if (next === undefined) return undefined;
    if (step.type === 'filter' || step.type === 'extend') {
      for (const name of variablesOf(step.expression)) readByStep.add(name);
    }
    if (step.type === 'join') {
      for (const input of step.input) {
        if (input.type === 'values') input.variables.forEach(({ value }) => readByStep.add(value));
      }
      steps.unshift((input) => ({ ...step, input: step.input.with(at, input) }));
    } else {
      steps.unshift((input) => withInputs(step, [input]));
    }
    constraints = below[at];
    operation = next;
  }
  const [star, ...others] = starsOf(operation);
  const readings = star && readingStarOf(star);
  if (readings === undefined || others.length > 0) return undefined;
  if (!dependsOnDaysOnly(readings, group, readByStep)) return undefined;
  return { star: readings, constraints: constraints ?? [], steps };
}

function nextInput(operation: Operation, at: number): Operation | undefined {
  switch (operation.type) {
    case 'filter':
    case 'extend':
      return operation.input;
    case 'join':
      return operation.input.filter(({ type }) => type !== 'values').length === 1
        ? operation.input[at]
        : undefined;
    default:
      return undefined;
  }
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

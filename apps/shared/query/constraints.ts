import type { Term } from '@rdfjs/types';
import { inputsOf, type Expression, type Join, type Operation, type Values } from './algebra.ts';
import { rankOf, comparisonOf } from './table/filter.ts';
import { dayText, instantOf, possibleDays } from './table/time.ts';
import { variableOf } from './table/keys.ts';

/** What every solution that survives must satisfy: `variable` compared with one of the constants. */
export interface Constraint {
  readonly variable: string;
  readonly operator: string;
  readonly constants: readonly Term[];
}

/** Local days, `YYYY-MM-DD`, both included. Absent where there is no bound. */
export interface DayBounds {
  readonly first?: string;
  readonly last?: string;
}

/** The constraints that the conjuncts of a filter put on single variables. */
export function constraintsOf(expression: Expression): readonly Constraint[] {
  if (expression.subType !== 'operator') return [];
  if (expression.operator === '&&') return expression.args.flatMap(constraintsOf);
  if (expression.operator === 'in') {
    const [subject, ...options] = expression.args;
    const variable = variableOf(subject);
    const constants = options.flatMap((option) =>
      option.subType === 'term' && option.term.termType !== 'Variable' ? [option.term] : [],
    );
    if (variable === undefined || constants.length !== options.length) return [];
    return [{ variable, operator: '=', constants }];
  }
  const comparison = comparisonOf(expression);
  if (comparison === undefined) return [];
  const { variable, operator, constant } = comparison;
  return [{ variable, operator, constants: [constant] }];
}

/** The constraints that a join with `VALUES` puts on each of its variables. */
export function constraintsOfValues({ variables, bindings }: Values): readonly Constraint[] {
  return variables.flatMap(({ value: variable }) => {
    const constants = bindings.flatMap((binding) => binding[variable] ?? []);
    // A row without a value (UNDEF) lets any through.
    if (constants.length !== bindings.length) return [];
    return [{ variable, operator: '=', constants }];
  });
}

/**
 * The constraints in force on each input of an operation: those from above that still hold there,
 * and its own. What an operation may change or add rows to (an optional part, a limit, a group)
 * is let through only as far as the algebra allows.
 */
export function constraintsBelow(
  operation: Operation,
  above: readonly Constraint[],
): readonly (readonly Constraint[])[] {
  if (operation.type === 'filter') return [[...above, ...constraintsOf(operation.expression)]];
  if (operation.type === 'join') return belowJoin(operation, above);
  if (operation.type === 'union') return operation.input.map(() => above);
  if (operation.type === 'leftjoin') {
    const own = operation.expression === undefined ? [] : constraintsOf(operation.expression);
    return [above, own];
  }
  if (operation.type === 'minus') return [above, []];
  if (operation.type === 'extend') {
    return [above.filter(({ variable }) => variable !== operation.variable.value)];
  }
  if (operation.type === 'group' || operation.type === 'project') {
    const visible = new Set(operation.variables.map(({ value }) => value));
    return [above.filter(({ variable }) => visible.has(variable))];
  }
  if (sameSolutions.has(operation.type)) return [above];
  return inputsOf(operation).map(() => []);
}

/** Operations that keep, of the solutions below them, each or one of the equal ones. */
const sameSolutions: ReadonlySet<string> = new Set(['orderby', 'distinct', 'reduced', 'ask']);

function belowJoin(
  { input: inputs }: Join,
  above: readonly Constraint[],
): readonly (readonly Constraint[])[] {
  const shared = inputs.flatMap((input) =>
    input.type === 'values' ? constraintsOfValues(input) : [],
  );
  return inputs.map(() => [...above, ...shared]);
}

/** The local days that the constraints on a variable, a day or a time, leave. */
export function dayBounds(
  constraints: readonly Constraint[],
  variable: string | undefined,
): DayBounds {
  let bounds: DayBounds = {};
  for (const constraint of constraints) {
    if (constraint.variable === variable) bounds = narrow(bounds, boundsOf(constraint));
  }
  return bounds;
}

/** The days of a constant: itself, or those that an instant may be on, wherever worn. */
export function daysOfTerm(
  term: Term,
): { readonly first: string; readonly last: string } | undefined {
  const instant = instantOf(term);
  if (instant !== undefined) return possibleDays(instant.timeMs);
  const rank = rankOf(term);
  if (rank?.kind !== 'day') return undefined;
  const day = dayText(rank.value / 86_400_000);
  return { first: day, last: day };
}

function boundsOf({ operator, constants }: Constraint): DayBounds {
  const days = constants.map(daysOfTerm);
  const known = days.flatMap((day) => day ?? []);
  if (known.length !== days.length || known.length === 0) return {};
  const first = known.map((day) => day.first).toSorted()[0] ?? '';
  const last =
    known
      .map((day) => day.last)
      .toSorted()
      .at(-1) ?? '';
  switch (operator) {
    case '=':
      return { first, last };
    case '>':
    case '>=':
      return { first };
    case '<':
    case '<=':
      return { last };
    default:
      return {};
  }
}

/** Both bounds at once. */
export function narrow(left: DayBounds, right: DayBounds): DayBounds {
  const firsts = [left.first, right.first].filter((day) => day !== undefined).toSorted();
  const lasts = [left.last, right.last].filter((day) => day !== undefined).toSorted();
  return {
    ...(firsts.length === 0 ? {} : { first: firsts.at(-1) ?? '' }),
    ...(lasts.length === 0 ? {} : { last: lasts[0] ?? '' }),
  };
}

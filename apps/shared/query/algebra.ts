import type { Literal, NamedNode, Term, Variable } from '@rdfjs/types';
import type { Table } from './table/table.ts';
import { isTerm } from './term-codec.ts';

/**
 * SPARQL algebra as plain data, as `@traqula/algebra-sparql-1-1` makes it and Comunica takes it.
 * Only what `query` reads is typed; every other operation is kept as it is.
 */
export type Operation =
  | Bgp
  | Path
  | Values
  | Filter
  | Extend
  | Group
  | Join
  | Union
  | LeftJoin
  | Minus
  | Project
  | OrderBy
  | Slice
  | Single
  | Other
  | TableOperation;

export interface Pattern {
  readonly type: 'pattern';
  readonly subject: Term;
  readonly predicate: Term;
  readonly object: Term;
  readonly graph: Term;
}

export interface Bgp {
  readonly type: 'bgp';
  readonly patterns: readonly Pattern[];
}

export interface Path {
  readonly type: 'path';
  readonly subject: Term;
  readonly predicate: object;
  readonly object: Term;
  readonly graph: Term;
}

export interface Values {
  readonly type: 'values';
  readonly variables: readonly Variable[];
  readonly bindings: readonly Readonly<Record<string, NamedNode | Literal>>[];
}

export interface Filter {
  readonly type: 'filter';
  readonly input: Operation;
  readonly expression: Expression;
}

export interface Extend {
  readonly type: 'extend';
  readonly input: Operation;
  readonly variable: Variable;
  readonly expression: Expression;
}

export interface Group {
  readonly type: 'group';
  readonly input: Operation;
  readonly variables: readonly Variable[];
  readonly aggregates: readonly BoundAggregate[];
}

export interface Join {
  readonly type: 'join';
  readonly input: readonly Operation[];
}

export interface Union {
  readonly type: 'union';
  readonly input: readonly Operation[];
}

export interface LeftJoin {
  readonly type: 'leftjoin';
  readonly input: readonly [Operation, Operation];
  readonly expression?: Expression;
}

export interface Minus {
  readonly type: 'minus';
  readonly input: readonly [Operation, Operation];
}

export interface Project {
  readonly type: 'project';
  readonly input: Operation;
  readonly variables: readonly Variable[];
}

export interface OrderBy {
  readonly type: 'orderby';
  readonly input: Operation;
  readonly expressions: readonly Expression[];
}

export interface Slice {
  readonly type: 'slice';
  readonly input: Operation;
  readonly start: number;
  readonly length?: number;
}

export interface Single {
  readonly type: 'distinct' | 'reduced' | 'ask';
  readonly input: Operation;
}

export interface Other {
  readonly type: 'graph' | 'service' | 'from' | 'nop' | 'construct' | 'describe';
  readonly input?: Operation;
}

/** What a pushed-down part is replaced by: its solutions, in columns. */
export interface TableOperation {
  readonly type: 'table';
  readonly table: Table;
}

export type Expression =
  | TermExpression
  | OperatorExpression
  | NamedExpression
  | ExistenceExpression
  | AggregateExpression
  | { readonly type: 'expression'; readonly subType: 'wildcard' };

export interface TermExpression {
  readonly type: 'expression';
  readonly subType: 'term';
  readonly term: Term;
}

export interface OperatorExpression {
  readonly type: 'expression';
  readonly subType: 'operator';
  readonly operator: string;
  readonly args: readonly Expression[];
}

export interface NamedExpression {
  readonly type: 'expression';
  readonly subType: 'named';
  readonly name: NamedNode;
  readonly args: readonly Expression[];
}

export interface ExistenceExpression {
  readonly type: 'expression';
  readonly subType: 'existence';
  readonly not: boolean;
  readonly input: Operation;
}

export interface AggregateExpression {
  readonly type: 'expression';
  readonly subType: 'aggregate';
  readonly aggregator: string;
  readonly distinct: boolean;
  readonly expression: Expression;
  readonly separator?: string;
}

export interface BoundAggregate extends AggregateExpression {
  readonly variable: Variable;
}

/** The operations directly below one, in order. */
export function inputsOf(operation: Operation): readonly Operation[] {
  if (!('input' in operation) || operation.input === undefined) return [];
  return isList(operation.input) ? operation.input : [operation.input];
}

/** The same operation over other inputs; itself where none changed. */
export function withInputs(operation: Operation, inputs: readonly Operation[]): Operation {
  const before = inputsOf(operation);
  if (!('input' in operation) || before.every((input, index) => input === inputs[index])) {
    return operation;
  }
  const input = isList(operation.input) ? inputs : inputs[0];
  // The number and order of inputs are the operation's own, so it stays what it is.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return { ...operation, input } as Operation;
}

function isList(
  input: Operation | readonly Operation[] | undefined,
): input is readonly Operation[] {
  return Array.isArray(input);
}

/** Expressions that stand on an operation itself, not on its inputs. */
export function expressionsOf(operation: Operation): readonly Expression[] {
  if (operation.type === 'group') return operation.aggregates;
  if (operation.type === 'orderby') return operation.expressions;
  const hasOne =
    operation.type === 'filter' || operation.type === 'extend' || operation.type === 'leftjoin';
  return hasOne && operation.expression !== undefined ? [operation.expression] : [];
}

/** An expression and all within it, `EXISTS` patterns excluded. */
export function* expressionsWithin(expression: Expression): Iterable<Expression> {
  yield expression;
  if ('args' in expression) for (const arg of expression.args) yield* expressionsWithin(arg);
  if ('expression' in expression) yield* expressionsWithin(expression.expression);
}

/** An operation and all below it, the patterns of `EXISTS` included. */
export function* operationsWithin(operation: Operation): Iterable<Operation> {
  yield operation;
  for (const input of inputsOf(operation)) yield* operationsWithin(input);
  for (const expression of expressionsOf(operation)) {
    for (const part of expressionsWithin(expression)) {
      if (part.subType === 'existence') yield* operationsWithin(part.input);
    }
  }
}

/** Names of the variables an expression reads, those of `EXISTS` patterns included. */
export function variablesOf(expression: Expression): Set<string> {
  const found = new Set<string>();
  for (const part of expressionsWithin(expression)) {
    if (part.subType === 'term' && part.term.termType === 'Variable') found.add(part.term.value);
    if (part.subType !== 'existence') continue;
    for (const name of variablesWithin(part.input)) found.add(name);
  }
  return found;
}

/** Names of all variables that stand anywhere within an operation. */
export function variablesWithin(operation: Operation): Set<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isTerm(value)) {
      if (value.termType === 'Variable') found.add(value.value);
      return;
    }
    // A table holds columns, no algebra.
    if ('type' in value && value.type === 'table') return;
    for (const child of Object.values(value)) visit(child);
  };
  visit(operation);
  return found;
}

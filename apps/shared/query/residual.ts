import type { Literal, NamedNode } from '@rdfjs/types';
import { DataFactory } from 'n3';
import {
  inputsOf,
  operationsWithin,
  variablesWithin,
  withInputs,
  type Operation,
  type Values,
} from './algebra.ts';
import type { Demand } from './demands.ts';
import type { LoadedDocument } from './document-loader.ts';
import type { EvaluationJob, SeriesDocument } from './engine/evaluator.ts';
import { QueryError } from './query-error.ts';
import type { QueryLimits } from './query-types.ts';
import { rowCount, rowsOf, termAt, type Column, type Table } from './table/table.ts';

/** What the engine still has to evaluate, and over what. */
export interface ResidualInputs {
  readonly demands: readonly Demand[];
  readonly documents: readonly LoadedDocument[];
  readonly limits: QueryLimits;
}

/**
 * The engine's job: tables as `VALUES`, readings of the signals and days still asked about, all
 * other triples. @throws QueryError `QUERY_TOO_LARGE`.
 */
export function residualOf(
  pushed: Operation,
  { demands, documents, limits }: ResidualInputs,
): EvaluationJob {
  const series = documents.flatMap((document) => neededSeries(document, demands));
  const readings = series.reduce((sum, { series: columns }) => sum + columns.timesMs.length, 0);
  if (readings > limits.maxExpandedReadings) throw tooLarge(readings, limits);
  const algebra = withValues(pushed, { limits, isRead: readVariables(pushed) });
  return {
    algebra,
    series,
    quads: documents.flatMap(({ quads }) => quads),
    maxRows: limits.maxResults,
  };
}

function tooLarge(readings: number, { maxExpandedReadings }: QueryLimits): QueryError {
  return new QueryError(
    'QUERY_TOO_LARGE',
    `The query would have to look at ${readings} single readings; ${maxExpandedReadings} are ` +
      'allowed. Name one kind of reading (?r a well:HeartRate), limit the days ' +
      '(FILTER(?day >= "2016-04-12"^^xsd:date)), or ask for a group by day.',
  );
}

const dayMs = 86_400_000;

/** The readings that some demand may match, copied: a view would send its whole buffer along. */
function neededSeries(
  { found, series }: LoadedDocument,
  demands: readonly Demand[],
): readonly SeriesDocument[] {
  if (series === undefined) return [];
  const about = demands.filter(({ signals }) => signals.includes(series.signal));
  if (about.length === 0) return [];
  const firsts = about.map(({ days }) =>
    days.first === undefined ? -Infinity : Date.parse(days.first),
  );
  const lasts = about.map(({ days }) =>
    days.last === undefined ? Infinity : Date.parse(days.last),
  );
  const fromMs = Math.min(...firsts) - dayMs;
  const untilMs = Math.max(...lasts) + 2 * dayMs;
  const from = series.timesMs.findIndex((timeMs) => timeMs >= fromMs);
  if (from === -1) return [];
  const end = series.timesMs.findIndex((timeMs) => timeMs >= untilMs);
  const to = end === -1 ? series.timesMs.length : end;
  return [
    {
      url: found.url,
      series: {
        ...series,
        timesMs: series.timesMs.slice(from, to),
        utcOffsetMinutes: series.utcOffsetMinutes.slice(from, to),
        scaledValues: series.scaledValues.slice(from, to),
      },
    },
  ];
}

interface Reshaping {
  readonly limits: QueryLimits;
  /** Variables that more than one part of the algebra names. */
  readonly isRead: ReadonlySet<string>;
}

/** The variables that something besides a single table names: the others need not be sent. */
function readVariables(operation: Operation): ReadonlySet<string> {
  const outside = variablesWithin(operation);
  const inTables = new Set<string>();
  const parts = [...operationsWithin(operation)];
  const comparesAll = parts.some(countsDistinctSolutions);
  for (const part of parts) {
    if (part.type !== 'table') continue;
    for (const name of part.table.columns.keys()) {
      if (comparesAll || inTables.has(name)) outside.add(name);
      inTables.add(name);
    }
  }
  return outside;
}

/** `COUNT(DISTINCT *)` tells solutions apart by all of their variables. */
function countsDistinctSolutions(operation: Operation): boolean {
  return (
    operation.type === 'group' &&
    operation.aggregates.some(
      ({ distinct, expression }) => distinct && expression.subType === 'wildcard',
    )
  );
}

function withValues(operation: Operation, reshaping: Reshaping): Operation {
  if (operation.type === 'table') return valuesOf(operation.table, reshaping);
  return withInputs(
    operation,
    inputsOf(operation).map((input) => withValues(input, reshaping)),
  );
}

function valuesOf(table: Table, { limits, isRead }: Reshaping): Values {
  if (rowCount(table) > limits.maxExpandedReadings) throw tooLarge(rowCount(table), limits);
  const columns = [...table.columns].filter(([name]) => isRead.has(name));
  return {
    type: 'values',
    variables: columns.map(([name]) => DataFactory.variable(name)),
    bindings: Array.from(rowsOf(table), (row) =>
      Object.fromEntries(columns.map(([name, column]) => [name, boundTerm(column, row)])),
    ),
  };
}

function boundTerm(column: Column, row: number): NamedNode | Literal {
  const term = termAt(column, row);
  if (term.termType === 'NamedNode' || term.termType === 'Literal') return term;
  throw new TypeError('a table binds no other terms than IRIs and literals');
}

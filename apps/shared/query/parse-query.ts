import { toAlgebra } from '@traqula/algebra-sparql-1-1';
import { Parser } from '@traqula/parser-sparql-1-1';
import { operationsWithin, type Operation } from './algebra.ts';
import { QueryError, type QueryPosition } from './query-error.ts';
import { isTerm, typed } from './term-codec.ts';

/** A query that `query` accepts: its algebra, in which `NOW()` is already a constant. */
export interface ParsedQuery {
  readonly kind: 'select' | 'ask';
  /** The projected variables in the order asked; empty for ASK. */
  readonly variables: readonly string[];
  readonly algebra: Operation;
}

const maxQueryLength = 100_000;
const xsdDateTime = 'http://www.w3.org/2001/XMLSchema#dateTime';

/** Prefixes that a query may use without declaring them; its own declarations win. */
export const defaultPrefixes: Readonly<Record<string, string>> = {
  well: 'https://w3id.org/wellpod/wellness#',
  property: 'https://w3id.org/wellpod/wellness/property#',
  stage: 'https://w3id.org/wellpod/wellness/stage#',
  sosa: 'http://www.w3.org/ns/sosa/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  prov: 'http://www.w3.org/ns/prov#',
  qudt: 'http://qudt.org/schema/qudt/',
  cal: 'http://www.w3.org/2002/12/cal/ical#',
  schema: 'https://schema.org/',
};

const refusals: Readonly<Record<string, string>> = {
  service: 'SERVICE is refused: a query reads only the pods it is given',
  from: 'FROM and FROM NAMED are refused: a query reads only the pods it is given',
  graph:
    'GRAPH is not supported: all documents answer together; see the answer’s documents instead',
  construct: 'CONSTRUCT is not supported: ask with SELECT or ASK',
  describe: 'DESCRIBE is not supported: ask with SELECT or ASK',
};

// Building the parser takes some 50 ms (it records its grammar), so there is one.
let sharedParser: Parser | undefined;

/**
 * Parses SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/) and refuses what could reach beyond
 * the pods. @throws QueryError `QUERY_SYNTAX`, `QUERY_UNSUPPORTED`.
 */
export function parseQuery(sparql: string, nowMs: number): ParsedQuery {
  if (sparql.length > maxQueryLength) {
    throw new QueryError('QUERY_UNSUPPORTED', `A query may be ${maxQueryLength} characters long.`);
  }
  const parsed = toOperation(sparql);
  for (const operation of operationsWithin(parsed)) {
    const refusal = refusals[namesGraph(operation) ? 'graph' : operation.type];
    if (refusal !== undefined) throw new QueryError('QUERY_UNSUPPORTED', `${refusal}.`);
  }
  if (parsed.type === 'nop') throw new QueryError('QUERY_UNSUPPORTED', 'The query is empty.');
  if (!isQuery(parsed)) {
    throw new QueryError('QUERY_UNSUPPORTED', 'Updates are refused: a query only reads.');
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only expressions are replaced
  const algebra = withNow(parsed, new Date(nowMs).toISOString()) as Operation;
  return { kind: parsed.type === 'ask' ? 'ask' : 'select', variables: projected(parsed), algebra };
}

/** Whether triples are asked of a named graph: the parser puts GRAPH on the patterns within it. */
function namesGraph(operation: Operation): boolean {
  const patterns =
    operation.type === 'bgp' ? operation.patterns : operation.type === 'path' ? [operation] : [];
  return patterns.some(({ graph }) => graph.termType !== 'DefaultGraph');
}

const queryForms: readonly string[] = ['project', 'distinct', 'reduced', 'slice', 'ask'];

function isQuery(operation: Operation): boolean {
  return queryForms.includes(operation.type);
}

function projected(operation: Operation): readonly string[] {
  if (operation.type === 'project') return operation.variables.map(({ value }) => value);
  if (operation.type === 'slice' || operation.type === 'distinct' || operation.type === 'reduced') {
    return projected(operation.input);
  }
  return [];
}

function toOperation(sparql: string): Operation {
  sharedParser ??= new Parser({
    lexerConfig: { positionTracking: 'full' },
    defaultContext: { prefixes: defaultPrefixes },
  });
  try {
    // The assertion joins two descriptions of one structure: ours has plain strings for its enums.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return toAlgebra(sharedParser.parse(sparql), {
      quads: true,
      prefixes: defaultPrefixes,
      blankToVariable: true,
    }) as unknown as Operation;
  } catch (error) {
    throw syntaxError(sparql, error);
  }
}

/** Puts the parser's message, made for grammar authors, into words for the query's author. */
function syntaxError(sparql: string, cause: unknown): QueryError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const position = positionOf(sparql, message);
  const where =
    position === undefined ? '' : ` at line ${position.line}, column ${position.column}`;
  return new QueryError(
    'QUERY_SYNTAX',
    `The query is not valid SPARQL${where}: ${reason(message)}.`,
    {
      cause,
      position,
    },
  );
}

function reason(message: string): string {
  const unexpected = /unexpected character: ->(.)<-/su.exec(message)?.[1];
  if (unexpected !== undefined) {
    return /["']/u.test(unexpected)
      ? 'a string is not closed'
      : `“${unexpected}” is not expected here`;
  }
  const found = /but found(?::| -->) '([^']*)'/u.exec(message)?.[1];
  if (found !== undefined)
    return found === '' ? 'it ends too early' : `“${found}” is not expected here`;
  const prefix = /Unknown prefix: (\S*)/u.exec(message)?.[1];
  if (prefix !== undefined) return `the prefix “${prefix}:” is not declared`;
  return (message.split('\n').at(-1) ?? message).replace(/\.$/u, '');
}

function positionOf(sparql: string, message: string): QueryPosition | undefined {
  const offset = /at offset: (\d+)/u.exec(message)?.[1];
  if (offset !== undefined) return positionAt(sparql, Number(offset));
  const line = /on line (\d+)/u.exec(message)?.[1];
  if (line !== undefined) {
    const marker = /^(-*)\^$/mu.exec(message)?.[1];
    return { line: Number(line), column: (marker ?? '').length + 1 };
  }
  const prefix = /Unknown prefix: (\S*)/u.exec(message)?.[1];
  return prefix === undefined ? undefined : positionAt(sparql, sparql.indexOf(`${prefix}:`));
}

function positionAt(sparql: string, offset: number): QueryPosition {
  const before = sparql.slice(0, Math.max(offset, 0)).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/**
 * `NOW()` as a constant: the same value throughout one execution (SPARQL 1.1 §17.4.5.1), known
 * before the documents are chosen.
 */
function withNow(value: unknown, now: string): unknown {
  if (typeof value !== 'object' || value === null || isTerm(value)) return value;
  if (Array.isArray(value)) return value.map((child) => withNow(child, now));
  if ('operator' in value && value.operator === 'now') {
    return { type: 'expression', subType: 'term', term: typed(now, xsdDateTime) };
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, withNow(child, now)]),
  );
}

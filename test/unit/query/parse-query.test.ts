import { describe, expect, it } from '@jest/globals';
import { QueryError } from '../../../apps/shared/query/index.ts';
import { parseQuery } from '../../../apps/shared/query/parse-query.ts';

function refusalOf(sparql: string): QueryError {
  try {
    parseQuery(sparql, 0);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error('the query was accepted');
}

describe('a query that is no SPARQL', () => {
  it.each([
    ['SELECT * WHERE {\n  ?s ?p }', 2, 9, '“}” is not expected here'],
    ['SELECT *\n { ?s ?p "abc }', 2, 10, 'a string is not closed'],
    ['SELEC * { ?s ?p ?o }', 1, 1, '“S” is not expected here'],
    ['SELECT ?x\nWHERE { ?s ex:a ?x }', 2, 12, 'the prefix “ex:” is not declared'],
  ])('is refused with the place: %j', (sparql, line, column, reason) => {
    const error = refusalOf(sparql);
    expect(error.code).toBe('QUERY_SYNTAX');
    expect(error.position).toEqual({ line, column });
    expect(error.message).toContain(reason);
  });

  it.each([
    ['SELECT * {'],
    ['SELECT ?y (COUNT(?x) AS ?n) { ?s ?p ?x }'],
    ['SELECT * { <a> ?p ?o }'],
  ])('is refused: %s', (sparql) => {
    expect(refusalOf(sparql).code).toBe('QUERY_SYNTAX');
  });
});

describe('a query that reaches beyond the pods', () => {
  it.each([
    ['SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }', 'SERVICE'],
    ['SELECT * { FILTER EXISTS { SERVICE ?s { ?s ?p ?o } } }', 'SERVICE'],
    ['SELECT * FROM <http://example.org/> { ?s ?p ?o }', 'FROM'],
    ['SELECT * FROM NAMED <http://example.org/> { ?s ?p ?o }', 'FROM'],
    ['SELECT * { GRAPH ?g { ?s ?p ?o } }', 'GRAPH'],
    ['CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }', 'CONSTRUCT'],
    ['DESCRIBE <http://example.org/>', 'DESCRIBE'],
    ['LOAD <http://example.org/>', 'Updates'],
    ['INSERT DATA { <http://a> <http://b> <http://c> }', 'Updates'],
    ['DELETE WHERE { ?s ?p ?o }', 'Updates'],
    ['DROP ALL', 'Updates'],
    ['', 'empty'],
  ])('is refused by name: %s', (sparql, name) => {
    const error = refusalOf(sparql);
    expect(error.code).toBe('QUERY_UNSUPPORTED');
    expect(error.message).toContain(name);
  });
});

describe('a query that is accepted', () => {
  it('keeps the order of its variables', () => {
    const { kind, variables } = parseQuery('SELECT ?b ?a (1 AS ?c) { ?a ?p ?b } LIMIT 3', 0);
    expect([kind, variables]).toEqual(['select', ['b', 'a', 'c']]);
  });

  it('may leave out the prefixes of the vocabulary, and may use them for something else', () => {
    expect(() => parseQuery('ASK { ?r a well:HeartRate }', 0)).not.toThrow();
    const { algebra } = parseQuery('PREFIX well: <http://other/> ASK { ?r a well:HeartRate }', 0);
    expect(JSON.stringify(algebra)).toContain('http://other/HeartRate');
  });
});

import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { DataFactory } from 'n3';
import { resultsCsv, resultsJson } from '../../../apps/insights/pages/result-formats.ts';
import type { QueryAnswer } from '../../../apps/shared/query/index.ts';

const { literal, namedNode, blankNode } = DataFactory;

function answerOf(changes: Partial<QueryAnswer>): QueryAnswer {
  return {
    kind: 'bindings',
    variables: [],
    rows: [],
    documents: [],
    pushedDown: [],
    missing: [],
    truncated: false,
    ...changes,
  };
}

const xsdDate = namedNode('http://www.w3.org/2001/XMLSchema#date');

describe('resultsJson', () => {
  it('is what the recommendation shows', () => {
    const answer = answerOf({
      variables: ['x', 'hpage', 'name', 'gone'],
      rows: [
        {
          x: blankNode('r1'),
          hpage: namedNode('http://work.example.org/alice/'),
          name: literal('Alice', 'en'),
        },
        { x: literal('2016-04-12', xsdDate), name: literal('Bob') },
      ],
    });
    expect(JSON.parse(resultsJson(answer))).toEqual({
      head: { vars: ['x', 'hpage', 'name', 'gone'] },
      results: {
        bindings: [
          {
            x: { type: 'bnode', value: 'r1' },
            hpage: { type: 'uri', value: 'http://work.example.org/alice/' },
            name: { type: 'literal', value: 'Alice', 'xml:lang': 'en' },
          },
          {
            x: { type: 'literal', value: '2016-04-12', datatype: xsdDate.value },
            name: { type: 'literal', value: 'Bob' },
          },
        ],
      },
    });
  });

  it('says yes or no', () => {
    const answer = answerOf({ kind: 'boolean', boolean: true });
    expect(JSON.parse(resultsJson(answer))).toEqual({ head: {}, boolean: true });
  });
});

describe('resultsCsv', () => {
  it('gives any text back unchanged but for formulas', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (values) => {
        const answer = answerOf({
          variables: ['a', 'b'],
          rows: values.map((value) => ({ a: literal(value), b: literal('end') })),
        });
        const rows: string[][] = parse(resultsCsv(answer), { recordDelimiter: '\r\n' });
        const guarded = values.map((value) =>
          /^[=+\-@\t\r]/u.test(value) && !/^-\d/u.test(value) ? `'${value}` : value,
        );
        expect(rows).toEqual([['a', 'b'], ...guarded.map((value) => [value, 'end'])]);
      }),
      { seed: 7 },
    );
  });

  it('leaves numbers, addresses and gaps as they are', () => {
    const answer = answerOf({
      variables: ['n', 'iri', 'none', 'node'],
      rows: [{ n: literal(-4), iri: namedNode('https://a.example/'), node: blankNode('b1') }],
    });
    expect(resultsCsv(answer)).toBe('n,iri,none,node\r\n-4,https://a.example/,,_:b1\r\n');
  });
});

import { describe, expect, it } from '@jest/globals';
import {
  assert,
  asyncProperty,
  array,
  boolean,
  constant,
  constantFrom,
  integer,
  subarray,
  tuple,
  uniqueArray,
  type Arbitrary,
} from 'fast-check';
import { createQuery, type Query } from '../../../apps/shared/query/index.ts';
import { plainComunica, rowTexts } from './plain-comunica.ts';
import { podOfSeries, seriesOf, type TestReading } from './pod-of-series.ts';

const start = Date.parse('2016-04-11T20:00:00Z');

const readings = (most: number): Arbitrary<TestReading[]> =>
  uniqueArray(integer({ min: 0, max: 4_000 }), { minLength: 1, maxLength: most })
    .chain((minutes) =>
      tuple(
        constant(minutes.toSorted((left, right) => left - right)),
        array(integer({ min: -30, max: 120 }), {
          minLength: minutes.length,
          maxLength: minutes.length,
        }),
        constantFrom(-300, 0, 60, 345),
      ),
    )
    .map(([minutes, values, offset]) =>
      minutes.map((minute, index): TestReading => [
        start + minute * 60_000,
        offset,
        values[index] ?? 0,
      ]),
    );

const signalClass = constantFrom('well:HeartRate', 'well:SkinTemperature', '?class');
const filters = subarray(
  [
    'FILTER(?day >= "2016-04-12"^^xsd:date)',
    'FILTER(?day IN ("2016-04-12"^^xsd:date, "2016-04-14"^^xsd:date))',
    'FILTER(?t < "2016-04-13T12:00:00+02:00"^^xsd:dateTime)',
    'FILTER(?v > 20 || ?v = 3)',
    'FILTER(20.5 <= ?v)',
    'FILTER(?v != 7 && HOURS(?t) < 20)',
    'FILTER(?s = <https://pod.example/wellness/sensor/watch-a.ttl#it>)',
    'FILTER(STRSTARTS(STR(?t), "2016-04-1"))',
    'VALUES ?day { "2016-04-12"^^xsd:date "2016-04-13"^^xsd:date }',
    'FILTER NOT EXISTS { ?r sosa:hasSimpleResult 5 }',
  ],
  { maxLength: 3 },
);
const keys = constantFrom(
  ['', ''],
  ['?day', '?day'],
  ['?s ?day', '?s ?day'],
  ['?k', '(HOURS(?t) AS ?k)'],
  ['?k', '(MONTH(?day) AS ?k)'],
  ['?k', '(SUBSTR(STR(?t), 1, 13) AS ?k)'],
  ['?k', '(FLOOR(?v / 10) AS ?k)'],
  ['?k ?p', '(DAY(?t) AS ?k) ?p'],
);
const aggregates = subarray(
  [
    '(COUNT(*) AS ?a1)',
    '(COUNT(?r) AS ?a2)',
    '(SUM(?v) AS ?a3)',
    '(AVG(?v) AS ?a4)',
    '(MIN(?v) AS ?a5)',
    '(MAX(?v) AS ?a6)',
    '(COUNT(DISTINCT ?v) AS ?a7)',
    '(MAX(?day) AS ?a8)',
    '(SUM(?v * 2) AS ?a9)',
  ],
  { minLength: 1, maxLength: 3 },
);
const having = constantFrom('', 'HAVING(COUNT(*) > 2)');

const queries = tuple(signalClass, filters, keys, aggregates, having).map(
  ([type, conditions, [projected, grouped], computed, condition]) => {
    const group = grouped === '' ? '' : `GROUP BY ${grouped} ${condition}`;
    return `SELECT ${projected} ${computed.join(' ')} WHERE {
      ?r a ${type} ; sosa:observedProperty ?p ; well:day ?day ; sosa:resultTime ?t ;
         sosa:hasSimpleResult ?v ; sosa:madeBySensor ?s .
      ${conditions.join('\n')} } ${group}`;
  },
);

const query: Query = createQuery();

describe('a generated query over generated readings', () => {
  it('is answered as plain Comunica answers it', async () => {
    await assert(
      asyncProperty(
        readings(40),
        readings(25),
        queries,
        boolean(),
        async (heart, skin, sparql, rollups) => {
          const { pod, quads } = await podOfSeries(
            [
              seriesOf('heart-rate', 'watch-a', heart),
              seriesOf('heart-rate', 'watch-b', heart.slice(0, 10)),
              seriesOf('skin-temperature', 'watch-b', skin, 1),
            ],
            { rollups },
          );
          const { rows, missing } = await query(sparql, [pod]);
          const expected = await plainComunica(sparql, quads);
          expect(rowTexts(rows).toSorted()).toEqual(rowTexts(expected).toSorted());
          expect(missing).toEqual([]);
        },
      ),
      { seed: 2016, numRuns: 40 },
    );
  }, 240_000);
});

import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Parser, Writer } from 'n3';
import type { Quad } from '@rdfjs/types';
import { isomorphic } from 'rdf-isomorphic';
import {
  decodeReadings,
  encodeSeries,
  encodeStress,
  expand,
  seriesToReadings,
  type Series,
} from '../../../vocab/index.ts';
import { columnsOf, place, rowsOf, seeded, series, seriesOf } from './arbitrary-series.ts';

const { documentUrl } = place;

function quadsOf(turtle: string): Quad[] {
  return new Parser({ baseIRI: documentUrl }).parse(turtle);
}

function shortened(given: Series, length: number): Series {
  return {
    ...given,
    timesMs: given.timesMs.slice(0, length),
    utcOffsetMinutes: given.utcOffsetMinutes.slice(0, length),
    scaledValues: given.scaledValues.slice(0, length),
  };
}

const prefixes = `
@prefix well: <https://w3id.org/wellpod/wellness#> .
@prefix property: <https://w3id.org/wellpod/wellness/property#> .
@prefix sosa: <http://www.w3.org/ns/sosa/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
`;

describe('seriesToReadings', () => {
  it('says of a reading the six triples of the ontology', () => {
    const timeMs = Date.parse('2016-04-12T12:21:00Z');
    const given = { ...seriesOf(columnsOf([[timeMs, -300, 97]])), month: '2016-04' };
    const expected = quadsOf(`${prefixes}
      <#${timeMs}> a well:HeartRate ;
        sosa:observedProperty property:heartRate ;
        sosa:resultTime "2016-04-12T07:21:00-05:00"^^xsd:dateTime ;
        sosa:hasSimpleResult 97 ;
        sosa:madeBySensor <../sensor/fitbit-1.ttl#it> ;
        well:day "2016-04-12"^^xsd:date .`);
    expect(isomorphic([...seriesToReadings(given, place)], expected)).toBe(true);
  });

  it.each([
    [1234, 2, '12.34'],
    [1230, 2, '12.3'],
    [1200, 2, '12.0'],
    [-5, 2, '-0.05'],
    [0, 2, '0.0'],
    [-2147483648, 6, '-2147.483648'],
  ])('writes %d at scale %d as the decimal %s', (scaled, scale, text) => {
    const given = seriesOf(columnsOf([[Date.UTC(2016, 2, 5), 0, scaled]], scale));
    const value = [...seriesToReadings(given, place)].find(({ predicate }) =>
      predicate.value.endsWith('hasSimpleResult'),
    )?.object;
    expect(value).toMatchObject({
      value: text,
      datatype: { value: 'http://www.w3.org/2001/XMLSchema#decimal' },
    });
  });

  it('writes milliseconds, and the local day on the other side of midnight', () => {
    const timeMs = Date.parse('2016-03-05T23:30:00.250Z');
    const texts = [...seriesToReadings(seriesOf(columnsOf([[timeMs, 60, 1]])), place)].map(
      ({ object }) => object.value,
    );
    expect(texts).toContain('2016-03-06T00:30:00.25+01:00');
    expect(texts).toContain('2016-03-06');
  });
});

describe('expand', () => {
  it('makes of a series document exactly the reading form', () => {
    fc.assert(
      fc.property(series, (given) => {
        const some = shortened(given, 200);
        const expanded = [...expand(quadsOf(encodeSeries(some, place)), documentUrl)];
        const readings = [...seriesToReadings(some, place)];
        expect(expanded).toHaveLength(some.timesMs.length * 6);
        expect(isomorphic(expanded, readings)).toBe(true);
      }),
      seeded,
    );
  });

  it('leaves a document without a series as it is', () => {
    const stress = encodeStress(
      [{ source: 'a', timeZone: 'UTC', startMs: 0, endMs: 60_000, utcOffsetMinutes: 0 }],
      place,
    );
    const quads = quadsOf(stress);
    expect([...expand(quads, documentUrl)]).toEqual(quads);
    expect([...expand([], documentUrl)]).toEqual([]);
  });

  it('refuses a series document that lacks a triple', () => {
    const quads = quadsOf(encodeSeries(seriesOf(columnsOf([[Date.UTC(2016, 2, 5), 0, 1]])), place));
    for (const missing of quads) {
      const rest = quads.filter((quad) => quad !== missing);
      expect(() => [...expand(rest, documentUrl)]).toThrow(documentUrl);
    }
  });
});

describe('decodeReadings', () => {
  const about = { documentUrl, source: 'fitbit-1', timeZone: 'Europe/Brussels' };

  it('makes the series again of its readings, in any order, through text', () => {
    fc.assert(
      fc.property(series, fc.boolean(), (given, isReversed) => {
        fc.pre(given.timesMs.length > 0);
        const some = shortened(given, 100);
        const quads = [...seriesToReadings(some, place)];
        const text = new Writer().quadsToString(isReversed ? quads.toReversed() : quads);
        const decoded = decodeReadings(new Parser().parse(text), about);
        // The scale is the least that holds the values, so they are compared as numbers.
        const factor = 10 ** (some.scale - decoded.scale);
        expect(rowsOf(decoded).map(([t, o, v]) => [t, o, (v ?? NaN) * factor])).toEqual(
          rowsOf(some),
        );
        expect(decoded).toMatchObject({
          signal: given.signal,
          month: '2016-03',
          source: 'fitbit-1',
        });
      }),
      seeded,
    );
  });

  it.each([
    ['nothing', ''],
    ['two signals', '<#1> a well:HeartRate. <#2> a well:Steps.'],
    ['a reading without a value', '<#1> a well:HeartRate.'],
    [
      'a value that is no decimal',
      '<#1> a well:HeartRate; sosa:hasSimpleResult 1e400; sosa:resultTime "2016-03-05T00:00:00Z"^^xsd:dateTime.',
    ],
    [
      'two months',
      `<#1> a well:HeartRate; sosa:hasSimpleResult 1; sosa:resultTime "2016-03-05T00:00:00Z"^^xsd:dateTime.
       <#2> a well:HeartRate; sosa:hasSimpleResult 1; sosa:resultTime "2016-04-05T00:00:00Z"^^xsd:dateTime.`,
    ],
  ])('refuses %s', (_, content) => {
    expect(() => decodeReadings(quadsOf(prefixes + content), about)).toThrow(documentUrl);
  });
});

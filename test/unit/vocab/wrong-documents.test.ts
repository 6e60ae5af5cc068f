import { describe, expect, it } from '@jest/globals';
import { Parser } from 'n3';
import { digestOf } from '../../../vocab/document/digest.ts';
import { decodeSeries, VocabularyError } from '../../../vocab/index.ts';
import { place, rowsOf } from './arbitrary-series.ts';

const { documentUrl } = place;

const prefixes = `
@prefix well: <https://w3id.org/wellpod/wellness#> .
@prefix property: <https://w3id.org/wellpod/wellness/property#> .
@prefix sosa: <http://www.w3.org/ns/sosa/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
`;

const series = `<#series> a well:Series; well:readingClass well:HeartRate;
  sosa:observedProperty property:heartRate;
  sosa:madeBySensor <../sensor/fitbit-1.ttl#it>; well:source "fitbit-1";
  well:month "2016-04"^^xsd:gYearMonth; well:timeZone "America/Chicago"; well:scale 0;
  well:count 5; well:segment <#s1> .`;

// The example of well:Series in the ontology: values 97 98 96 96 -5.
const segment = `<#s1> a well:Segment; well:start "2016-04-12T07:21:00-05:00"^^xsd:dateTime;
  well:period 60000; well:count 5; well:values "wgECAwDJAQ=="^^well:deltas .`;

/** A document written by hand, with its right digest: only its content is wrong. */
function signed(content: string): string {
  const turtle = prefixes + content;
  const digest = digestOf(new Parser({ baseIRI: documentUrl }).parse(turtle), documentUrl);
  return `${turtle}\n<> well:digest "${digest}" .`;
}

describe('decodeSeries on a document written by hand', () => {
  it('reads the example of the ontology', () => {
    const startMs = Date.parse('2016-04-12T12:21:00Z');
    const decoded = decodeSeries(signed(`${series}\n${segment}`), documentUrl);
    expect(rowsOf(decoded)).toEqual(
      [97, 98, 96, 96, -5].map((value, index) => [startMs + index * 60_000, -300, value]),
    );
    expect(decoded).toMatchObject({ signal: 'heart-rate', month: '2016-04', scale: 0 });
  });

  it.each([
    ['a count above the values', 'well:count 5', 'well:count 6'],
    ['a count below the values', 'well:count 5', 'well:count 4'],
    ['a count of unbelievable size', 'well:count 5', 'well:count 9000000000'],
    ['a count that is no number', 'well:count 5', 'well:count "five"'],
    ['a negative count', 'well:count 5', 'well:count -5'],
    ['values that end inside a number', 'wgECAwDJAQ==', 'wgECAwDJ'],
    ['values with characters that are no base64', 'wgECAwDJAQ==', 'wgECAw!DJAQ='],
    ['values beyond 32 bits', 'wgECAwDJAQ==', 'gICAgICAEAAAAAA='],
    ['an encoding of another vocabulary', '^^well:deltas', '^^well:gorilla'],
    ['an encoding of another kind', '^^well:deltas', '^^well:deltaRuns'],
    [
      'a period and offsets',
      'well:period 60000',
      'well:period 1; well:offsets "AA=="^^well:deltas',
    ],
    ['neither a period nor offsets', 'well:period 60000; ', ''],
    ['readings at one instant', 'well:period 60000', 'well:period 0'],
    [
      'offsets that go back',
      'well:period 60000',
      'well:tick 1; well:offsets "AAECAQI="^^well:deltas',
    ],
    ['a start without an offset', '07:21:00-05:00', '07:21:00'],
    ['a start that is no time', '07:21:00-05:00', '27:21:00-05:00'],
    ['two starts', 'well:period', 'well:start "2017-04-12T07:21:00Z"^^xsd:dateTime; well:period'],
    ['a scale beyond 32 bits', 'well:scale 0', 'well:scale 10'],
    ['a signal of another vocabulary', 'well:HeartRate', 'well:Mood'],
    ['a signal and property that differ', 'property:heartRate', 'property:steps'],
    ['no sensor', 'sosa:madeBySensor <../sensor/fitbit-1.ttl#it>; ', ''],
    ['a second series', '<#series> a', '<#other> a well:Series. <#series> a'],
    ['no series', 'a well:Series; ', ''],
  ])('rejects %s', (_, right, wrong) => {
    const content = `${series}\n${segment}`.replaceAll(/\n {2}/g, ' ');
    expect(content).toContain(right);
    const turtle = signed(content.replaceAll(right, wrong));
    expect(() => decodeSeries(turtle, documentUrl)).toThrow(VocabularyError);
    expect(() => decodeSeries(turtle, documentUrl)).toThrow(documentUrl);
  });

  it('rejects a blank node, which no digest can name', () => {
    const turtle = `${prefixes}${series} [] a well:Segment . <> well:digest "00" .`;
    expect(() => decodeSeries(turtle, documentUrl)).toThrow('holds a blank node');
  });
});

import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Parser, Store } from 'n3';
import type { Quad } from '@rdfjs/types';
import SHACLValidator from 'rdf-validate-shacl';
import {
  encodeDailySummaries,
  encodeRollups,
  encodeSensor,
  encodeSeries,
  encodeSleep,
  encodeStress,
  expand,
  rollUp,
  signalNames,
} from '../../../vocab/index.ts';
import { columnsOf, place, seriesOf } from './arbitrary-series.ts';

const { documentUrl } = place;
const path = createRequire(import.meta.url).resolve('#root/vocab/shapes.ttl');
const shapes = new Store(new Parser().parse(readFileSync(path, 'utf8')));
const validator = new SHACLValidator(shapes);

const prefixes = `
@prefix well: <https://w3id.org/wellpod/wellness#> .
@prefix property: <https://w3id.org/wellpod/wellness/property#> .
@prefix stage: <https://w3id.org/wellpod/wellness/stage#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sosa: <http://www.w3.org/ns/sosa/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
`;

function quadsOf(turtle: string): Quad[] {
  return new Parser({ baseIRI: documentUrl }).parse(turtle);
}

/** Names of the shapes that a document breaks. */
async function brokenShapes(quads: Iterable<Quad>): Promise<string[]> {
  const report = await validator.validate(new Store([...quads]));
  return report.results.map(({ focusNode, path: broken }) => {
    const property = Array.isArray(broken) || broken?.termType !== 'NamedNode' ? '' : broken.value;
    return `${focusNode?.value.replace(documentUrl, '') ?? ''} ${property.replace(/^.*[#/]/, '')}`;
  });
}

const startMs = Date.UTC(2016, 2, 5, 12);
const span = { startMs, endMs: startMs + 600_000, utcOffsetMinutes: 60 };
const about = { source: 'fitbit-1', timeZone: 'Europe/Brussels' };
const uneven = columnsOf([
  [startMs, 60, 65],
  [startMs + 5000, 60, 66],
  [startMs + 7000, 120, 68],
  [startMs + 19_000, 120, 0],
  [startMs + 20_000, 120, 70],
]);

describe('shapes on what the codec writes', () => {
  it.each(signalNames)('pass both forms of %s', async (signal) => {
    const scaledValues = uneven.scaledValues.map((value) => Math.max(value, 1));
    const turtle = encodeSeries(seriesOf({ ...uneven, scaledValues }, signal), place);
    expect(await brokenShapes(quadsOf(turtle))).toEqual([]);
    const readings = [...expand(quadsOf(turtle), documentUrl)];
    expect(readings).toHaveLength(30);
    expect(await brokenShapes(readings)).toEqual([]);
  });

  it('pass decimal readings, single ones, a series of none and long runs', async () => {
    const one = columnsOf([[startMs, -300, 3650]], 2);
    const run = columnsOf(Array.from({ length: 1100 }, (_, i) => [startMs + i * 1000, 0, 70]));
    for (const columns of [one, columnsOf([]), run]) {
      const turtle = encodeSeries(seriesOf(columns), place);
      expect(await brokenShapes(quadsOf(turtle))).toEqual([]);
      expect(await brokenShapes([...expand(quadsOf(turtle), documentUrl)].slice(0, 60))).toEqual(
        [],
      );
    }
  });

  it('pass sleep, stress, days, statistics and sensors', async () => {
    const night = { ...about, ...span, asleepMinutes: 9.5, inBedMinutes: 10, sourceRecordId: '7' };
    const documents = [
      encodeSleep([{ ...night, stages: [{ ...span, stage: 'deep' }] }], place),
      encodeStress([{ ...about, ...span }], place),
      encodeDailySummaries(
        [{ day: '2016-03-05', source: 'fitbit-1', steps: 0, restingHeartRate: 61.5 }],
        place,
      ),
      encodeRollups(
        { signal: 'heart-rate', source: 'fitbit-1', year: '2016', ...rollUp(uneven) },
        place,
      ),
      encodeSensor({ source: 'a', label: 'A', manufacturer: 'B', model: 'C' }, documentUrl),
    ];
    for (const document of documents) expect(await brokenShapes(quadsOf(document))).toEqual([]);
  });
});

const reading = `<#r> a well:HeartRate; sosa:observedProperty property:heartRate;
  sosa:resultTime "2016-03-05T13:00:00+01:00"^^xsd:dateTime; sosa:hasSimpleResult 70;
  sosa:madeBySensor <#s>; well:day "2016-03-05"^^xsd:date .`;
const other = (name: string, value: string): string =>
  reading
    .replace('HeartRate', name)
    .replace('heartRate', name.charAt(0).toLowerCase() + name.slice(1))
    .replace(' 70;', ` ${value};`);
const series = `<#r> a well:Series; well:readingClass well:HeartRate;
  sosa:observedProperty property:heartRate; sosa:madeBySensor <#s>; well:source "fitbit-1";
  well:month "2016-03"^^xsd:gYearMonth; well:timeZone "Europe/Brussels"; well:scale 0;
  well:count 1; well:segment <#s1> .
  <#s1> a well:Segment; well:start "2016-03-05T13:00:00+01:00"^^xsd:dateTime; well:count 1;
  well:period 0; well:values "AA=="^^well:deltas .`;
const sleep = `<#r> a well:SleepEpisode; well:start "2016-03-05T13:00:00Z"^^xsd:dateTime;
  well:end "2016-03-05T14:00:00Z"^^xsd:dateTime; well:day "2016-03-05"^^xsd:date;
  well:source "fitbit-1"; well:timeZone "Europe/Brussels"; sosa:madeBySensor <#s>;
  well:asleepMinutes 50; well:inBedMinutes 60; well:stage <#i> .
  <#i> a well:SleepStageInterval; well:start "2016-03-05T13:00:00Z"^^xsd:dateTime;
  well:end "2016-03-05T14:00:00Z"^^xsd:dateTime; well:sleepStage stage:deep .`;
const stress = `<#r> a well:StressEpisode; well:start "2016-03-05T13:00:00Z"^^xsd:dateTime;
  well:end "2016-03-05T14:00:00Z"^^xsd:dateTime; well:day "2016-03-05"^^xsd:date;
  well:source "fitbit-1"; well:timeZone "Europe/Brussels"; sosa:madeBySensor <#s> .`;
const day = `<#r> a well:DailySummary; well:day "2016-03-05"^^xsd:date; well:source "fitbit-1";
  sosa:madeBySensor <#s>; well:stepCount 8000; well:restingHeartRate 61 .`;
const rollup = `<#r> a well:Rollup; sosa:observedProperty property:heartRate;
  sosa:madeBySensor <#s>; well:day "2016-03-05"^^xsd:date; well:count 2; well:sum 130;
  well:sumOfSquares 8500; well:min 60; well:max 70 .`;
const hourly = `<> a well:RollupDocument; sosa:observedProperty property:heartRate;
  sosa:madeBySensor <#s>; well:source "fitbit-1"; well:year "2016"^^xsd:gYear .
  <#r> a well:HourlyRollups; sosa:observedProperty property:heartRate; sosa:madeBySensor <#s>;
  well:scale 0; well:count 1; well:hours "AA=="^^well:deltas; well:counts "AA=="^^well:deltas;
  well:sums "AA=="^^well:deltas; well:sumsOfSquares "AA=="^^well:deltas;
  well:minima "AA=="^^well:deltas; well:maxima "AA=="^^well:deltas .`;
const sensor = `<#r> a well:WearableSensor; rdfs:label "E4"; well:source "empatica-e4";
  well:manufacturer "Empatica" .`;
const digest = `<#r> well:digest "${'0'.repeat(64)}" .`;

describe('shapes on wrong data', () => {
  it.each([reading, series, sleep, stress, day, rollup, hourly, sensor, digest])(
    'pass the right data that the table below spoils: %.40s',
    async (turtle) => {
      expect(await brokenShapes(quadsOf(prefixes + turtle))).toEqual([]);
    },
  );

  it.each<[shape: string, base: string, right: string, wrong: string, broken: string]>([
    ['ReadingShape: no time', reading, 'sosa:resultTime', 'sosa:other', '#r resultTime'],
    ['ReadingShape: local time', reading, '+01:00', '', '#r resultTime'],
    ['ReadingShape: text for a value', reading, ' 70;', ' "70";', '#r hasSimpleResult'],
    ['ReadingShape: floating point', reading, ' 70;', ' 7e1;', '#r hasSimpleResult'],
    ['ReadingShape: two values', reading, ' 70;', ' 70, 71;', '#r hasSimpleResult'],
    ['ReadingShape: no sensor', reading, 'sosa:madeBySensor <#s>; ', '', '#r madeBySensor'],
    ['ReadingShape: sensor in text', reading, '<#s>', '"s"', '#r madeBySensor'],
    [
      'ReadingShape: day with a time',
      reading,
      '"2016-03-05"^^xsd:date',
      '"2016-03-05T00:00:00Z"^^xsd:dateTime',
      '#r day',
    ],
    [
      'ReadingShape: unknown property',
      reading,
      'property:heartRate',
      'property:mood',
      '#r observedProperty',
    ],
    [
      'HeartRateShape: another property',
      reading,
      'property:heartRate',
      'property:steps',
      '#r observedProperty',
    ],
    ['HeartRateShape: negative', reading, ' 70;', ' -1;', '#r hasSimpleResult'],
    ['InterBeatIntervalShape: none', other('InterBeatInterval', '0'), '', '', '#r hasSimpleResult'],
    [
      'SkinTemperatureShape: Kelvin',
      other('SkinTemperature', '309.15'),
      '',
      '',
      '#r hasSimpleResult',
    ],
    [
      'ElectrodermalActivityShape: negative',
      other('ElectrodermalActivity', '-0.1'),
      '',
      '',
      '#r hasSimpleResult',
    ],
    ['StepsShape: negative', other('Steps', '-3'), '', '', '#r hasSimpleResult'],
    ['StressLevelShape: a sentinel', other('StressLevel', '-1'), '', '', '#r hasSimpleResult'],
    [
      'SeriesShape: class and property differ',
      series,
      'property:heartRate',
      'property:steps',
      '#r ',
    ],
    ['SeriesShape: month of a name', series, '"2016-03"^^xsd:gYearMonth', '"March"', '#r month'],
    ['SeriesShape: source with a space', series, '"fitbit-1"', '"Fitbit 1"', '#r source'],
    ['SeriesShape: an offset for a zone', series, '"Europe/Brussels"', '"+01:00"', '#r timeZone'],
    ['SeriesShape: scale', series, 'well:scale 0', 'well:scale 12', '#r scale'],
    [
      'SeriesShape: segment without a class',
      series,
      '<#s1> a well:Segment;',
      '<#s1>',
      '#r segment',
    ],
    ['SegmentShape: neither period nor offsets', series, 'well:period 0; ', '', '#s1 '],
    [
      'SegmentShape: both',
      series,
      'well:period 0;',
      'well:period 0; well:tick 1; well:offsets "AA=="^^well:deltas;',
      '#s1 ',
    ],
    [
      'SegmentShape: offsets without a tick',
      series,
      'well:period 0;',
      'well:offsets "AA=="^^well:deltas;',
      '#s1 ',
    ],
    ['SegmentShape: of no series', series, 'well:segment <#s1>', 'well:segment <#s2>', '#s1 '],
    [
      'SegmentShape: no readings',
      series,
      '+01:00"^^xsd:dateTime; well:count 1',
      '+01:00"^^xsd:dateTime; well:count 0',
      '#s1 count',
    ],
    ['IntegersShape: unknown encoding', series, '^^well:deltas', '', '#s1 values'],
    ['IntegersShape: no base64', series, '"AA=="', '"1 2 3"', '#s1 values'],
    ['DigestShape: of another length', digest, '000000', '', '#r digest'],
    [
      'SleepEpisodeShape: ends first',
      sleep,
      '2016-03-05T14:00:00Z',
      '2016-03-05T12:00:00Z',
      '#r start',
    ],
    ['SleepEpisodeShape: negative minutes', sleep, ' 50;', ' -1;', '#r asleepMinutes'],
    ['SleepEpisodeShape: no zone', sleep, 'well:timeZone "Europe/Brussels"; ', '', '#r timeZone'],
    ['SleepStageIntervalShape: unknown stage', sleep, 'stage:deep', 'stage:n3', '#i sleepStage'],
    ['SleepStageIntervalShape: of no sleep', sleep, 'well:stage <#i>', 'well:other <#i>', '#i '],
    ['StressEpisodeShape: no end', stress, 'well:end', 'well:finish', '#r end'],
    ['DailySummaryShape: no day', day, 'well:day "2016-03-05"^^xsd:date; ', '', '#r day'],
    ['DailySummaryShape: steps in text', day, '8000', '"8000"', '#r stepCount'],
    ['DailySummaryShape: a heart at rest for good', day, ' 61 ', ' 0 ', '#r restingHeartRate'],
    ['RollupShape: of no readings', rollup, 'well:count 2', 'well:count 0', '#r count'],
    ['RollupShape: minimum above maximum', rollup, 'well:min 60', 'well:min 80', '#r min'],
    ['RollupShape: no sum', rollup, 'well:sum 130', 'well:total 130', '#r sum'],
    ['RollupShape: rounded sum', rollup, 'well:sum 130', 'well:sum 1.3e2', '#r sum'],
    ['RollupDocumentShape: no year', hourly, 'well:year "2016"', 'well:year "today"', ' year'],
    ['HourlyRollupsShape: too many hours', hourly, 'well:count 1', 'well:count 9000', '#r count'],
    [
      'HourlyRollupsShape: runs',
      hourly,
      'well:hours "AA=="^^well:deltas',
      'well:hours "AA=="^^well:deltaRuns',
      '#r hours',
    ],
    ['WearableSensorShape: no label', sensor, 'rdfs:label "E4"; ', '', '#r label'],
    ['WearableSensorShape: no maker', sensor, '"Empatica"', '""', '#r manufacturer'],
  ])('%s', async (_, ...[base, right, wrong, broken]) => {
    const flat = base.replaceAll(/\n\s+/g, ' ');
    expect(flat).toContain(right);
    expect(await brokenShapes(quadsOf(prefixes + flat.replace(right, wrong)))).toContain(broken);
  });

  it('cover every shape', () => {
    const named = shapes
      .getSubjects(
        'http://www.w3.org/1999/02/22-rdf-syntax-ns#type',
        'http://www.w3.org/ns/shacl#NodeShape',
        null,
      )
      .filter(({ termType }) => termType === 'NamedNode')
      .map(({ value }) => value.replace(/^.*#/, ''));
    const source = readFileSync(new URL(import.meta.url), 'utf8');
    const parts = new Set(['AmountShape', 'NumberShape']);
    for (const name of named) {
      expect(parts.has(name) || source.includes(`'${name}: `)).toBe(true);
    }
  });
});

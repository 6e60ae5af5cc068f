import { beforeAll, expect, it } from '@jest/globals';
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { openMemoryPod, type PodAdapter } from '../../../adapters/index.ts';
import { importExport, listPeople, type ExportInput } from '../../../apps/connect/index.ts';
import { documentUrl, type DocumentRef } from '../../../apps/shared/catalog/index.ts';
import {
  decodeDailySummaries,
  decodeRollups,
  decodeSeries,
  decodeStress,
} from '../../../vocab/index.ts';
import { describeRealData, realData } from '../../real-data.ts';

const storageUrl = 'https://pod.example/';
const timeZone = 'America/New_York';

/** Some files of a folder as one export. */
function exportOfPaths(paths: readonly string[]): ExportInput {
  return {
    name: 'export',
    files: paths.map((path) => ({
      path: basename(path),
      sizeBytes: statSync(path).size,
      open: (range) =>
        createReadStream(path, range && { start: range.start, end: Math.max(0, range.end - 1) }),
    })),
  };
}

async function read<Content>(
  pod: PodAdapter,
  ref: DocumentRef,
  decode: (turtle: string, url: string) => Content,
): Promise<Content> {
  const url = documentUrl(storageUrl, ref);
  return decode(await new Response((await pod.read(url)).bytes()).text(), url);
}

/** The only file of a zip, by the fixed layout of its header: no code in common with the importer. */
function onlyFileOf(path: string): string[][] {
  const zip = readFileSync(path);
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const entry = zip.readUInt32LE(end + 16);
  const packedBytes = zip.readUInt32LE(entry + 20);
  const local = zip.readUInt32LE(entry + 42);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const text = inflateRawSync(zip.subarray(start, start + packedBytes)).toString();
  return text
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => line.trim().split(','));
}

/** `4/9/2016 …` as `2016-04-09`. */
function dayOf(text = ''): string {
  const [month = '', day = '', year = ''] = text.split(' ', 1)[0]?.split('/') ?? [];
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

type Sums = Map<string, Map<string, { count: number; sum: number }>>;

/** Sums of the third column by person and day. */
function sumsOf(rows: readonly (readonly string[])[]): Sums {
  const people: Sums = new Map();
  for (const [id = '', time, value] of rows) {
    const days = people.get(id) ?? new Map<string, { count: number; sum: number }>();
    people.set(id, days);
    const before = days.get(dayOf(time)) ?? { count: 0, sum: 0 };
    days.set(dayOf(time), { count: before.count + 1, sum: before.sum + Number(value) });
  }
  return people;
}

describeRealData('import of the real Fitabase export', () => {
  let minutes: Sums;
  let totals: Sums;
  let nights: string[][];
  const names = ['minuteStepsNarrow', 'dailyActivity', 'sleepDay'];
  const paths = (): string[] => names.map((name) => realData('fitbit', `${name}_merged.zip`));

  beforeAll(() => {
    minutes = sumsOf(onlyFileOf(realData('fitbit', 'minuteStepsNarrow_merged.zip')));
    totals = sumsOf(onlyFileOf(realData('fitbit', 'dailyActivity_merged.zip')));
    nights = onlyFileOf(realData('fitbit', 'sleepDay_merged.zip'));
  });

  it('holds 25 people', async () => {
    expect(await listPeople(exportOfPaths(paths()))).toEqual([...minutes.keys()].toSorted());
    expect(minutes.size).toBe(25);
  });

  it('gives everyone the sums and counts that the rows have, and nothing the second time', async () => {
    for (const [person, days] of minutes) {
      const pod = openMemoryPod();
      const target = { pod, storageUrl };
      const options = { timeZone, person };
      const report = await importExport(exportOfPaths(paths()), target, options);
      const source = `fitbit-${person}`;
      const ref = { kind: 'rollup', signal: 'steps', source, year: '2016' } as const;
      const rollups = await read(pod, ref, decodeRollups);
      const expected = [...days].map(([start, { count, sum }]) => ({
        start,
        count,
        sum: String(sum),
      }));
      expect(rollups.days.map(({ start, count, sum }) => ({ start, count, sum }))).toEqual(
        expected,
      );
      expect(rollups.hours.reduce((sum, hour) => sum + hour.count, 0)).toBe(
        report.signals[0]?.added,
      );

      const summaries = await read(
        pod,
        { kind: 'daily-summary', source, year: '2016' },
        decodeDailySummaries,
      );
      const steps = summaries.flatMap(({ day, steps: total }) =>
        total === undefined ? [] : [[day, total]],
      );
      expect(steps).toEqual([...(totals.get(person) ?? [])].map(([day, { sum }]) => [day, sum]));
      const asleep = new Map(
        nights.filter(([id]) => id === person).map((row) => [dayOf(row[1]), Number(row[3])]),
      );
      expect(
        new Map(
          summaries.flatMap(({ day, asleepMinutes }) =>
            asleepMinutes === undefined ? [] : [[day, asleepMinutes] as const],
          ),
        ),
      ).toEqual(asleep);
    }
  }, 300_000);

  it('writes nothing when it is imported again', async () => {
    const target = { pod: openMemoryPod(), storageUrl };
    const folder = { path: realData('fitbit') };
    const options = { timeZone, person: '8877689391' };
    const first = await importExport(folder, target, options);
    expect(first.signals.map(({ signal, added, conflicts }) => [signal, added, conflicts])).toEqual(
      [
        ['heart-rate', expect.any(Number), 0],
        ['steps', expect.any(Number), 0],
      ],
    );
    const again = await importExport(folder, target, options);
    expect(again).toMatchObject({ documentsWritten: 0, bytesWritten: 0 });
    expect(again.documentsUnchanged).toBe(first.documentsWritten);
  }, 120_000);

  it('keeps every reading of the seconds', async () => {
    const path = realData('fitbit', 'heartrate_seconds_8877689391_excerpt.csv');
    const pod = openMemoryPod();
    await importExport({ path }, { pod, storageUrl }, { timeZone });
    const ref = { kind: 'series', signal: 'heart-rate', source: 'fitbit-8877689391' } as const;
    const series = await read(pod, { ...ref, month: '2016-05' }, decodeSeries);
    const rows = readFileSync(path, 'utf8').trim().split('\n').slice(1);
    // The platform reads the vendor's format too, given the offset of New York in May.
    const expected = rows.map((row) => {
      const [, time = '', value] = row.trim().split(',');
      return [Date.parse(`${time} GMT-0400`), Number(value)];
    });
    expect(
      [...series.timesMs].map((timeMs, index) => [timeMs, series.scaledValues[index]]),
    ).toEqual(expected);
  });
});

describeRealData('import of the real E4 sessions', () => {
  const sampled = [
    ['HR.csv', 'heart-rate'],
    ['EDA.csv', 'electrodermal-activity'],
    ['TEMP.csv', 'skin-temperature'],
  ] as const;

  it('keeps every sample, beat and tag of all 24', async () => {
    const sessions = readdirSync(realData('empatica-e4')).filter((name) => /^S\d+$/.test(name));
    expect(sessions).toHaveLength(24);
    for (const session of sessions) {
      const lines = (name: string): string[] =>
        readFileSync(realData('empatica-e4', session, name), 'utf8')
          .trim()
          .split(/\r?\n/);
      const pod = openMemoryPod();
      const options = { timeZone: 'Europe/Dublin' };
      const path = realData('empatica-e4', session);
      const report = await importExport({ path }, { pod, storageUrl }, options);
      expect(report.person).toBe(session);
      const month = report.signals[0]?.firstDay.slice(0, 7) ?? '';
      const source = 'empatica-e4';

      for (const [file, signal] of sampled) {
        const [start = '', rate = '', ...values] = lines(file);
        const series = await read(pod, { kind: 'series', signal, source, month }, decodeSeries);
        const kept = [...series.scaledValues].map((value) => value / 10 ** series.scale);
        expect(kept.join()).toBe(values.map(Number).join());
        const lastMs = Number(start) * 1000 + ((values.length - 1) * 1000) / Number(rate);
        expect([series.timesMs[0], series.timesMs.at(-1)]).toEqual([Number(start) * 1000, lastMs]);
      }
      const beats = lines('IBI.csv').slice(1);
      const ref = { kind: 'series', signal: 'inter-beat-interval', source, month } as const;
      const intervals = await read(pod, ref, decodeSeries);
      expect([...intervals.scaledValues].map((value) => value / 1e6).join()).toBe(
        beats.map((line) => Number(line.split(',')[1])).join(),
      );
      const tags = new Set(lines(`tags_${session}.csv`).map((line) => Number(line) * 1000));
      const stress = await read(pod, { kind: 'stress', source, month }, decodeStress);
      expect(stress.map(({ startMs }) => startMs)).toEqual([...tags].toSorted((a, b) => a - b));

      const again = await importExport({ path }, { pod, storageUrl }, options);
      expect(again.documentsWritten).toBe(0);
    }
  }, 300_000);
});

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { openPromise } from 'yauzl';
import { describeRealData, realData } from '../../real-data.ts';
import { samplesInTemporaryFolder, splitRows, type GeneratedSamples } from './sample-files.ts';

let samples: GeneratedSamples;
beforeAll(async () => {
  samples = await samplesInTemporaryFolder(11);
});
afterAll(() => samples.remove());

/** Digits become `9`, so that a field says what kind of text it is: `9/9/9 9:9:9 AM`, `9.9`. */
const shapeOf = (field: string): string =>
  field.replaceAll(/\d+/g, '9').replaceAll(/\b[AP]M\b/g, 'AM');

function shapesByColumn(text: string): Set<string>[] {
  const shapes: Set<string>[] = [];
  for (const row of splitRows(text).slice(1)) {
    for (const [column, field] of row.entries()) {
      (shapes[column] ??= new Set()).add(shapeOf(field));
    }
  }
  return shapes;
}

const headerOf = (text: string): string => text.slice(0, text.indexOf('\n') + 1);

async function firstFileOf(zip: string): Promise<string> {
  const archive = await openPromise(zip);
  for await (const entry of archive.eachEntry()) {
    const bytes = await buffer(await archive.openReadStreamPromise(entry));
    return bytes.toString('utf8');
  }
  throw new Error(`nothing in ${zip}`);
}

describeRealData('sample exports beside real ones', () => {
  const real: readonly (readonly [string, () => Promise<string>])[] = [
    ...['dailyActivity_merged', 'hourlySteps_merged', 'sleepDay_merged'].map(
      (name) => [`${name}.csv`, () => firstFileOf(realData('fitbit', `${name}.zip`))] as const,
    ),
    [
      'minuteStepsNarrow_merged.csv',
      () => firstFileOf(realData('fitbit', 'minuteStepsNarrow_merged.zip')),
    ],
    [
      'heartrate_seconds_merged.csv',
      () =>
        Promise.resolve(
          readFileSync(realData('fitbit', 'heartrate_seconds_8877689391_excerpt.csv'), 'utf8'),
        ),
    ],
  ];

  it.each(real)('have the header, line ends and kinds of fields of %s', async (name, read) => {
    const theirs = await read();
    const ours = readFileSync(join(samples.path('ada', 'fitbit'), name), 'utf8');
    expect(headerOf(ours)).toBe(headerOf(theirs));
    const realShapes = shapesByColumn(theirs.slice(0, 4_000_000));
    for (const [column, shapes] of shapesByColumn(ours).entries()) {
      expect([...(realShapes[column] ?? [])]).toEqual(expect.arrayContaining([...shapes]));
    }
  });

  it.each(['EDA', 'TEMP', 'HR', 'IBI', 'ACC', 'BVP'])('write %s.csv as the E4 does', (signal) => {
    const sessions = samples.path('noor', 'empatica-e4');
    const session = readdirSync(sessions).toSorted()[0] ?? '';
    const ours = readFileSync(join(sessions, session, `${signal}.csv`), 'utf8').split('\n');
    const theirs = readFileSync(realData('empatica-e4', 'S02', `${signal}.csv`), 'utf8').split(
      '\n',
    );
    const precision = (line: string): string =>
      shapeOf(line) + (/\.(\d+)/.exec(line)?.[1]?.length ?? 0);
    expect(ours.slice(0, 2).map(precision)).toEqual(theirs.slice(0, 2).map(precision));
    const known = new Set(theirs.slice(2).map(precision));
    expect(ours.slice(2).filter((line) => !known.has(precision(line)))).toEqual([]);
  });

  it('begin info.txt with the same words and mark tags by whole seconds', () => {
    const sessions = samples.path('ada', 'empatica-e4');
    const folders = readdirSync(sessions).toSorted();
    const lines = (text: string): string => text.split('\n').slice(0, 12).join('\n');
    const info = readFileSync(join(sessions, folders[0] ?? '', 'info.txt'), 'utf8');
    expect(lines(info)).toBe(
      lines(readFileSync(realData('empatica-e4', 'S02', 'info.txt'), 'utf8')),
    );
    const tags = folders.map((name) => readFileSync(join(sessions, name, 'tags.csv'), 'utf8'));
    const theirs = readFileSync(realData('empatica-e4', 'S02', 'tags_S02.csv'), 'utf8');
    const line = /^(\d{10}\r\n)*$/;
    expect(theirs).toMatch(line);
    for (const text of tags) expect(text).toMatch(line);
  });

  it('have an info.txt and six signals of plausible values', () => {
    const sessions = samples.path('ada', 'empatica-e4');
    for (const session of readdirSync(sessions)) {
      const values = (file: string): number[] =>
        readFileSync(join(sessions, session, file), 'utf8')
          .trim()
          .split('\n')
          .slice(3)
          .map(Number);
      const range = (file: string): [number, number] => [
        values(file).reduce((low, value) => Math.min(low, value)),
        values(file).reduce((high, value) => Math.max(high, value)),
      ];
      expect(session).toMatch(/^\d{10}_A[0-9A-F]{5}$/);
      expect(range('HR.csv')[0]).toBeGreaterThan(40);
      expect(range('HR.csv')[1]).toBeLessThan(150);
      expect(range('TEMP.csv')[0]).toBeGreaterThan(28);
      expect(range('TEMP.csv')[1]).toBeLessThan(37);
      expect(range('EDA.csv')[0]).toBeGreaterThan(0.04);
      expect(range('EDA.csv')[1]).toBeLessThan(10);
    }
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type SampleExport,
  generateSamples,
} from '../../../pod-fixtures/samples/generate-samples.ts';
import { csvRows, onlyFileInZip } from '../../csv.ts';
import { describeRealData, realData } from '../../real-data.ts';
import { wellpod } from '../../wellpod-command.ts';

interface Day {
  readonly date: string;
  readonly steps: number | null;
  readonly heartRate: { min: number; mean: number; max: number; n: number } | null;
  readonly restingHeartRate: number | null;
  readonly sleep: { asleepMinutes: number; inBedMinutes: number } | null;
}

/** `dailyActivity_merged.csv` of 28 days, zipped. */
const smallZip =
  'UEsDBBQAAAAIAAAAIVxXgJ9eoAAAAAECAAAYAAAAZGFpbHlBY3Rpdml0eV9tZXJnZWQuY3N2RdA7CgJRFIPh3rUMzE' +
  '2cZynYWOsGBp1iQFDwIrh7kZMTyz/VR0635nCt23urn+NS1+byqMv9XNfnawc0XYuWBUODUqIZzex99D67i+6y++g+' +
  'e4gessfoMXuKnrLn6DkbxaBckmgjhISVEBN2QlBYClFhK4SFtRAX9kJgWAyRYTOLT8tFZv5/zWNtpsy0mTLTZspMmy' +
  'kzbabMtJky82f+AlBLAQIUAxQAAAAIAAAAIVxXgJ9eoAAAAAECAAAYAAAAAAAAAAAAAACAAQAAAABkYWlseUFjdGl2' +
  'aXR5X21lcmdlZC5jc3ZQSwUGAAAAAAEAAQBGAAAA1gAAAAAA';

let folder: string;
let fitbit: SampleExport | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wellpod-cli-'));
  [fitbit] = await generateSamples({ seed: 5, folder: join(folder, 'samples') });
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const days = (stdout: string): readonly Day[] => (JSON.parse(stdout) as { days: Day[] }).days;

describe('wellpod insights --file', () => {
  it('tells the days of a synthetic export as its CSV files do', async () => {
    const path = fitbit?.path ?? '';
    const { exitCode, stdout } = await wellpod([
      'insights',
      '--file',
      path,
      '--time-zone',
      'Europe/Brussels',
      '--json',
    ]);
    expect(exitCode).toBe(0);
    const activity = csvRows(await readFile(join(path, 'dailyActivity_merged.csv'), 'utf8'));
    const sleep = csvRows(await readFile(join(path, 'sleepDay_merged.csv'), 'utf8'));
    const seconds = csvRows(await readFile(join(path, 'heartrate_seconds_merged.csv'), 'utf8'));
    for (const { date, steps, heartRate, sleep: night } of days(stdout)) {
      const us = usDate(date);
      expect(String(steps)).toBe(
        activity.find((row) => row['ActivityDate'] === us)?.['TotalSteps'],
      );
      const slept = sleep.find((row) => row['SleepDay']?.startsWith(`${us} `));
      expect(night?.asleepMinutes).toBe(slept && Number(slept['TotalMinutesAsleep']));
      const beats = seconds
        .filter((row) => row['Time']?.startsWith(`${us} `))
        .map((row) => Number(row['Value']));
      expect(heartRate?.n).toBe(beats.length === 0 ? undefined : beats.length);
      const sum = beats.reduce((total, value) => total + value, 0);
      expect(heartRate?.mean ?? 0).toBeCloseTo(sum / Math.max(1, beats.length), 9);
    }
  });

  it('keeps standard output for the data', async () => {
    const { stdout } = await wellpod(['insights', '--file', fitbit?.path ?? '', '--json']);
    expect(() => days(stdout)).not.toThrow();
  });

  it('leaves out the days outside of the range', async () => {
    const range = ['--from', '2026-03-12', '--to', '2026-03-14'];
    const { stdout } = await wellpod([
      'insights',
      '--file',
      fitbit?.path ?? '',
      '--json',
      ...range,
    ]);
    expect(days(stdout).map(({ date }) => date)).toEqual([
      '2026-03-12',
      '2026-03-13',
      '2026-03-14',
    ]);
  });
});

describe('wellpod insights --file with something else', () => {
  it.each([
    ['a path where nothing is', 'missing.csv', undefined],
    ['an empty file', 'empty.csv', ''],
    ['a CSV of something else', 'orders.csv', 'Order,Amount\n1,20\n2,30\n'],
    ['a picture', 'picture.csv', '\u0089PNG\r\n\u001A\n\u0000\u0000\u0000\rIHDR'],
    ['a file called zip that is none', 'nothing.zip', 'this is not a zip'],
    ['a row cut in two', 'dailyActivity_merged.csv', 'Id,ActivityDate,TotalSteps\n1,4/12'],
    [
      'a day that does not exist',
      'dailyActivity_merged.csv',
      'Id,ActivityDate,TotalSteps\n1,13/45/2016,5\n',
    ],
    [
      'a count that is none',
      'dailyActivity_merged.csv',
      'Id,ActivityDate,TotalSteps\n1,4/12/2016,many\n',
    ],
  ])('says what to do about %s', async (_what, name, content) => {
    const path = join(folder, 'bad', name);
    await mkdir(join(folder, 'bad'), { recursive: true });
    if (content !== undefined) await writeFile(path, content, 'latin1');
    const { exitCode, stdout, stderr } = await wellpod(['insights', '--file', path, '--json']);
    expect(exitCode).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^wellpod: \S.{20,}\n$/u);
    expect(stderr).not.toMatch(/undefined|\[object|Error:|at \w+ \(/u);
  });

  it('says it of a zip that was cut off', async () => {
    const whole = Buffer.from(smallZip, 'base64');
    const path = join(folder, 'cut.zip');
    await writeFile(path, whole.subarray(0, whole.length - 30));
    const { exitCode, stderr } = await wellpod(['insights', '--file', path]);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/zip.*(cut|damaged|whole)/iu);
  });

  it('names the people of an export that holds several', async () => {
    const path = join(folder, 'two.csv');
    await writeFile(path, 'Id,ActivityDate,TotalSteps\n11,4/12/2016,5\n22,4/12/2016,6\n');
    const ambiguous = await wellpod(['insights', '--file', path]);
    expect(ambiguous.exitCode).toBe(3);
    expect(ambiguous.stderr).toMatch(/11.*22/u);
    const chosen = await wellpod(['insights', '--file', path, '--person', '22', '--json']);
    expect(days(chosen.stdout)).toMatchObject([{ date: '2016-04-12', steps: 6, sleep: null }]);
  });
});

describeRealData('wellpod insights --file on real exports', () => {
  it('tells each day of a person as the vendor does, from a folder of zips', async () => {
    const person = '2022484408';
    const real = join(folder, 'real');
    await mkdir(real, { recursive: true });
    for (const name of [
      'dailyActivity_merged.zip',
      'sleepDay_merged.zip',
      'minuteHeartRate_derived.zip',
    ])
      await copyFile(realData('fitbit', name), join(real, name));
    const { exitCode, stdout } = await wellpod([
      'insights',
      '--file',
      real,
      '--person',
      person,
      '--json',
    ]);
    expect(exitCode).toBe(0);
    const byDate = new Map(days(stdout).map((day) => [day.date, day]));
    const rows = csvRows(await onlyFileInZip(realData('fitbit', 'dailyActivity_merged.zip')));
    const own = rows.filter((row) => row['Id'] === person);
    expect(own.length).toBeGreaterThan(25);
    for (const row of own) {
      const day = byDate.get(isoDate(row['ActivityDate'] ?? ''));
      expect(day?.steps).toBe(Number(row['TotalSteps']));
    }
    const minutes = csvRows(await onlyFileInZip(realData('fitbit', 'minuteHeartRate_derived.zip')));
    for (const [date, { heartRate }] of byDate) {
      const beats = minutes
        .filter((row) => row['Id'] === person && row['Minute']?.startsWith(date))
        .map((row) => Number(row['HeartRate']));
      expect(heartRate?.n ?? 0).toBe(beats.length);
      expect(heartRate?.max ?? -Infinity).toBe(Math.max(...beats));
      expect(heartRate?.min ?? Infinity).toBe(Math.min(...beats));
    }
  });
});

function usDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${month}/${day}/${year}`;
}

function isoDate(us: string): string {
  const [month = '', day = '', year = ''] = us.split('/');
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

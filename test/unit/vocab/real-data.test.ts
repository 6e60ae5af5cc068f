import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { fromBuffer, type ZipFile } from 'yauzl';
import {
  columnBuilder,
  decodeSeries,
  encodeSeries,
  rollUp,
  splitByLocalMonth,
  type ReadingColumns,
  type SignalName,
} from '../../../vocab/index.ts';
import { describeRealData, realData } from '../../real-data.ts';

const minuteMs = 60_000;

/** The text of the one file in a zip. */
async function unzipped(path: string): Promise<string> {
  const zip: ZipFile = await promisify(fromBuffer)(readFileSync(path));
  const entry = new Promise<Parameters<ZipFile['openReadStream']>[0]>((resolve, reject) => {
    zip.once('entry', resolve);
    zip.once('error', reject);
  });
  const stream = await promisify(zip.openReadStream.bind(zip))(await entry);
  return (await buffer(stream)).toString();
}

function cells(csv: string): string[][] {
  return csv
    .trim()
    .split('\n')
    .map((line) => line.trim().split(','));
}

/** Writes and reads a document a month; returns its bytes a reading. */
function bytesPerReading(columns: ReadingColumns, signal: SignalName): number {
  let bytes = 0;
  for (const [month, part] of splitByLocalMonth(columns)) {
    const documentUrl = `https://pod.example/alice/wellness/${signal}/real-1_${month}.ttl`;
    const sensorIri = 'https://pod.example/alice/wellness/sensor/real-1.ttl#it';
    const series = { signal, source: 'real-1', month, timeZone: 'Europe/Brussels', ...part };
    const turtle = encodeSeries(series, { documentUrl, sensorIri });
    expect(decodeSeries(turtle, documentUrl)).toEqual({ ...series, sensorIri });
    bytes += Buffer.byteLength(turtle);
  }
  return bytes / columns.timesMs.length;
}

function e4(session: string, file: string, scale: number): ReadingColumns {
  const [start = '', rate = '', ...values] = readFileSync(
    realData('empatica-e4', session, `${file}.csv`),
    'utf8',
  )
    .trim()
    .split('\n');
  const builder = columnBuilder(scale);
  values.forEach((value, index) => {
    const timeMs = (Number(start) + index / Number(rate)) * 1000;
    builder.push(timeMs, 60, Math.round(Number(value) * 10 ** scale));
  });
  return builder.build().columns;
}

describeRealData('series of real exports', () => {
  it('of minute heart rates take at most 1.6 bytes a reading', async () => {
    const people = new Map<string, ReturnType<typeof columnBuilder>>();
    const csv = await unzipped(realData('fitbit', 'minuteHeartRate_derived.zip'));
    for (const [id = '', minute = '', value = ''] of cells(csv).slice(1)) {
      const builder = people.get(id) ?? columnBuilder(0);
      people.set(id, builder);
      builder.push(Date.parse(`${minute}Z`) - 120 * minuteMs, 120, Number(value));
    }
    expect(people.size).toBe(3);
    for (const builder of people.values()) {
      expect(bytesPerReading(builder.build().columns, 'heart-rate')).toBeLessThan(1.6);
    }
  });

  it('of heart rates every 5 to 15 seconds take at most 3.3, and add up to the file', () => {
    const path = realData('fitbit', 'heartrate_seconds_8877689391_excerpt.csv');
    const rows = cells(readFileSync(path, 'utf8')).slice(1);
    const builder = columnBuilder(0);
    for (const [, time = '', value = ''] of rows) {
      builder.push(Date.parse(`${time} UTC`) - 120 * minuteMs, 120, Number(value));
    }
    const { columns, duplicates, conflicts } = builder.build();
    expect({ duplicates, conflicts }).toEqual({ duplicates: 0, conflicts: 0 });
    expect(bytesPerReading(columns, 'heart-rate')).toBeLessThan(3.3);
    const sumOfDay = rows
      .filter(([, time = '']) => time.startsWith('5/11/2016 '))
      .reduce((sum, [, , value]) => sum + Number(value), 0);
    const { days } = rollUp(columns);
    expect(days.find(({ start }) => start === '2016-05-11')?.sum).toBe(String(sumOfDay));
  });

  it.each(['S01', 'S05', 'S20'])('of Empatica session %s come back as they were', (session) => {
    expect(bytesPerReading(e4(session, 'EDA', 6), 'electrodermal-activity')).toBeLessThan(3.3);
    expect(bytesPerReading(e4(session, 'TEMP', 2), 'skin-temperature')).toBeLessThan(1);
    expect(bytesPerReading(e4(session, 'HR', 2), 'heart-rate')).toBeLessThan(2);
    const [[start = ''] = [], ...beats] = cells(
      readFileSync(realData('empatica-e4', session, 'IBI.csv'), 'utf8'),
    );
    const builder = columnBuilder(3);
    for (const [offset, seconds] of beats) {
      const timeMs = (Number(start) + Number(offset)) * 1000;
      builder.push(timeMs, 60, Math.round(Number(seconds) * 1_000_000));
    }
    expect(bytesPerReading(builder.build().columns, 'inter-beat-interval')).toBeLessThan(8);
  });
});

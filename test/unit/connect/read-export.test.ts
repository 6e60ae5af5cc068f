import { describe, expect, it } from '@jest/globals';
import { listPeople, readExport } from '../../../apps/connect/read-export.ts';
import type { PersonData } from '../../../apps/connect/person-data.ts';
import { exportOf, zipOf } from './export-in-memory.ts';

const brussels = { timeZone: 'Europe/Brussels' };
const steps = 'Id,ActivityMinute,Steps\n7,4/12/2016 12:00:00 AM,3\n7,4/12/2016 12:01:00 AM,0\n';
const e4 = {
  'HR.csv': '1644226071.000000\n1.000000\n83.00\n83.50\n',
  'EDA.csv': '1644226061.000000\n4.000000\n0.000000\n0.112750\n',
  'TEMP.csv': '1644226061.000000\r\n4.000000\r\n28.39\r\n',
  'IBI.csv': '1644226061.000000, IBI\n35.484375,0.890625\n',
  'tags.csv': '1644226140\r\n',
};

function inFolder(folder: string): Record<string, string> {
  return Object.fromEntries(Object.entries(e4).map(([name, text]) => [`${folder}/${name}`, text]));
}

/** Series as lists of (instant, offset, value), in the order of signals' names. */
function readings({ series }: PersonData) {
  return Object.fromEntries(
    series.map(({ signal, source, columns }) => [
      `${signal} ${source}`,
      [...columns.timesMs].map((timeMs, index) => [
        new Date(timeMs).toISOString(),
        columns.utcOffsetMinutes[index],
        (columns.scaledValues[index] ?? NaN) / 10 ** columns.scale,
      ]),
    ]),
  );
}

describe('readExport of Fitabase files', () => {
  it('reads minutes of steps', async () => {
    const { data, person } = await readExport(exportOf({ 'renamed.csv': steps }), brussels);
    expect(person).toBe('7');
    expect(readings(data)).toEqual({
      'steps fitbit-7': [
        ['2016-04-11T22:00:00.000Z', 120, 3],
        ['2016-04-11T22:01:00.000Z', 120, 0],
      ],
    });
    expect(data.sensors).toEqual([{ source: 'fitbit-7', label: 'Fitbit', manufacturer: 'Fitbit' }]);
  });

  it('reads hours of minutes side by side', async () => {
    const minutes = Array.from({ length: 60 }, (_, minute) => minute);
    const header = [
      'Id',
      'ActivityHour',
      ...minutes.map((m) => `Steps${String(m).padStart(2, '0')}`),
    ];
    const row = ['7', '4/12/2016 1:00:00 AM', ...minutes];
    const { data } = await readExport(
      exportOf({ 'minuteStepsWide.csv': `${header.join(',')}\n${row.join(',')}\n` }),
      brussels,
    );
    expect(readings(data)['steps fitbit-7']?.map(([, , value]) => value)).toEqual(minutes);
    expect(readings(data)['steps fitbit-7']?.[59]?.[0]).toBe('2016-04-11T23:59:00.000Z');
  });

  it('uses minute means of heart rate only for minutes without readings', async () => {
    const { data } = await readExport(
      exportOf({
        'a-means.csv':
          'Id,Minute,HeartRate,Steps,Intensity\n7,2016-04-12T10:00:00,70,5,1\n7,2016-04-12T10:01:00,71.0,6,1\n',
        'seconds.csv': 'Id,Time,Value\n7,4/12/2016 10:00:05 AM,80\n7,4/12/2016 10:00:10 AM,0\n',
      }),
      brussels,
    );
    expect(readings(data)).toEqual({
      'heart-rate fitbit-7': [
        ['2016-04-12T08:00:05.000Z', 120, 80],
        ['2016-04-12T08:01:00.000Z', 120, 71],
      ],
      'steps fitbit-7': [
        ['2016-04-12T08:00:00.000Z', 120, 5],
        ['2016-04-12T08:01:00.000Z', 120, 6],
      ],
    });
    expect(data.warnings.join()).toContain('Heart rates of 0');
  });

  it('reads days and nights, each once', async () => {
    const { data } = await readExport(
      exportOf({
        'dailyActivity.csv':
          'Id,ActivityDate,TotalSteps,Calories\n7,4/12/2016,13162,1985\n7,4/13/2016,0,1900\n',
        'sleepDay.csv':
          'Id,SleepDay,TotalSleepRecords,TotalMinutesAsleep,TotalTimeInBed\n' +
          '7,4/12/2016 12:00:00 AM,1,327,346\n7,4/12/2016 12:00:00 AM,1,327,346\n',
      }),
      brussels,
    );
    expect(data.summaries).toEqual([
      {
        day: '2016-04-12',
        source: 'fitbit-7',
        steps: 13_162,
        sleepRecords: 1,
        asleepMinutes: 327,
        inBedMinutes: 346,
      },
      { day: '2016-04-13', source: 'fitbit-7', steps: 0 },
    ]);
    expect(data.warnings).toHaveLength(2);
  });

  it('makes one sleep of the minutes of a log entry', async () => {
    const rows = ['2:47:30 AM,3', '2:48:30 AM,2', '2:49:30 AM,1', '2:50:30 AM,1', '2:52:30 AM,1'];
    const { data } = await readExport(
      exportOf({
        'minuteSleep.csv': `Id,date,value,logId\n${rows.map((row) => `7,4/12/2016 ${row},99\n`).join('')}`,
      }),
      brussels,
    );
    expect(data.sleep).toHaveLength(1);
    expect(data.sleep[0]).toMatchObject({
      sourceRecordId: '99',
      startMs: Date.parse('2016-04-12T00:47:30Z'),
      endMs: Date.parse('2016-04-12T00:53:30Z'),
      utcOffsetMinutes: 120,
      asleepMinutes: 3,
      inBedMinutes: 5,
    });
    expect(
      data.sleep[0]?.stages.map(({ stage, startMs, endMs }) => [stage, (endMs - startMs) / 60_000]),
    ).toEqual([
      ['awake', 1],
      ['restless', 1],
      ['asleep', 2],
      ['asleep', 1],
    ]);
  });

  it('takes the person from the file name where there is no Id column', async () => {
    const text = 'ActivityMinute,Steps\n4/12/2016 12:00:00 AM,3\n';
    const { person, data } = await readExport(
      exportOf({ 'P_07_minuteStepsNarrow_20160412_20160512.csv': text }),
      brussels,
    );
    expect(person).toBe('P_07');
    expect(data.series[0]?.source).toBe('fitbit-p-07');
  });

  it('counts readings that stand there twice, and keeps the greater of two', async () => {
    const again = 'Id,ActivityMinute,Steps\n7,4/12/2016 12:00:00 AM,9\n7,4/12/2016 12:01:00 AM,0\n';
    const { data } = await readExport(exportOf({ 'a.csv': steps, 'b.csv': again }), brussels);
    expect(data.series[0]).toMatchObject({ read: 4, duplicates: 1, conflicts: 1 });
    expect(readings(data)['steps fitbit-7']?.[0]?.[2]).toBe(9);
  });

  it('names files it knows and does not take in', async () => {
    const { skipped } = await readExport(
      exportOf({
        'a.csv': steps,
        'b.csv': 'Id,ActivityHour,StepTotal\n7,4/12/2016 12:00:00 AM,3\n',
        'c.csv': 'Id,ActivityMinute,Calories\n7,4/12/2016 12:00:00 AM,3\n',
        'd.csv': 'Id,Date,WeightKg\n7,4/12/2016,50\n',
        'e.csv': 'City,Population\nGhent,260000\n',
        'f.csv': '',
        'g.bin': Buffer.from([0, 1, 2, 3]),
      }),
      brussels,
    );
    expect(skipped.map(({ path, reason }) => `${path} ${reason.split(' ', 3).join(' ')}`)).toEqual([
      'b.csv hourly totals of',
      'c.csv calories are not',
      'd.csv body weight is',
      'e.csv has the columns',
      'f.csv is empty',
      'g.bin is not a',
    ]);
  });
});

describe('readExport of an Empatica E4', () => {
  it('reads a session, with times to the millisecond', async () => {
    const { data, person } = await readExport(exportOf(e4, 'S05'), brussels);
    expect(person).toBe('S05');
    expect(readings(data)).toEqual({
      'heart-rate empatica-e4': [
        ['2022-02-07T09:27:51.000Z', 60, 83],
        ['2022-02-07T09:27:52.000Z', 60, 83.5],
      ],
      'electrodermal-activity empatica-e4': [
        ['2022-02-07T09:27:41.000Z', 60, 0],
        ['2022-02-07T09:27:41.250Z', 60, 0.11275],
      ],
      'skin-temperature empatica-e4': [['2022-02-07T09:27:41.000Z', 60, 28.39]],
      'inter-beat-interval empatica-e4': [['2022-02-07T09:28:16.484Z', 60, 890.625]],
    });
    expect(data.stress).toEqual([
      {
        source: 'empatica-e4',
        timeZone: 'Europe/Brussels',
        startMs: 1_644_226_140_000,
        endMs: 1_644_226_141_000,
        utcOffsetMinutes: 60,
      },
    ]);
  });

  it('names the wristband by its serial number, over all of its sessions', async () => {
    const files = { ...inFolder('1644226061_A01B6F'), ...inFolder('1644326061_A01B6F') };
    const { data, person } = await readExport(exportOf(files), brussels);
    expect(person).toBe('A01B6F');
    expect(new Set(data.series.map(({ source }) => source))).toEqual(new Set(['empatica-a01b6f']));
  });

  it('takes each folder of a study for a person', async () => {
    const files = { 'study.zip': zipOf({ ...inFolder('S01'), ...inFolder('S02') }) };
    expect(await listPeople(exportOf(files))).toEqual(['S01', 'S02']);
    await expect(readExport(exportOf(files))).rejects.toMatchObject({
      code: 'IMPORT_PERSON_AMBIGUOUS',
      people: ['S01', 'S02'],
    });
    const { data } = await readExport(exportOf(files), { person: 'S02' });
    expect(data.stress).toHaveLength(1);
  });
});

describe('choosing a person', () => {
  const two = `${steps}8,4/12/2016 12:00:00 AM,5\n`;

  it('lists everyone', async () => {
    expect(await listPeople(exportOf({ 'a.csv': two, ...inFolder('S01') }))).toEqual([
      '7',
      '8',
      'S01',
    ]);
  });

  it('asks where there are several, and takes the one that is named', async () => {
    await expect(readExport(exportOf({ 'a.csv': two }))).rejects.toMatchObject({
      code: 'IMPORT_PERSON_AMBIGUOUS',
      people: ['7', '8'],
    });
    const { data } = await readExport(exportOf({ 'a.csv': two }), { person: '8' });
    expect(data.series.map(({ source, read }) => [source, read])).toEqual([['fitbit-8', 1]]);
  });

  it('refuses one who is not in it', async () => {
    await expect(readExport(exportOf({ 'a.csv': two }), { person: '9' })).rejects.toMatchObject({
      code: 'IMPORT_PERSON_UNKNOWN',
    });
  });

  it('takes both sources of a mixed folder', async () => {
    const { data } = await readExport(exportOf({ 'a.csv': steps, ...inFolder('S01') }), brussels);
    expect(new Set(data.series.map(({ source }) => source))).toEqual(
      new Set(['fitbit-7', 'empatica-e4']),
    );
  });

  it('passes over a source that holds only others', async () => {
    const files = { 'a.csv': steps, ...inFolder('S01'), ...inFolder('S02') };
    const { data, skipped } = await readExport(exportOf(files), { person: 'S01' });
    expect(new Set(data.series.map(({ source }) => source))).toEqual(new Set(['empatica-e4']));
    expect(skipped).toEqual([{ path: 'a.csv', reason: 'holds data of other people only' }]);
  });
});

describe('bad input', () => {
  const header = 'Id,ActivityMinute,Steps\n';
  const time = '4/12/2016 12:00:00 AM';

  it.each([
    ['a picture', { 'a.png': Buffer.from('\x89PNG\r\n\x1a\n\0\0') }, 'IMPORT_NOTHING_KNOWN'],
    ['a file called zip', { 'a.zip': Buffer.from([1, 2, 3, 4, 5]) }, 'IMPORT_NOTHING_KNOWN'],
    ['a text', { 'a.txt': 'Dear diary\n' }, 'IMPORT_NOTHING_KNOWN'],
    ['two foreign files', { 'a.txt': 'Dear diary', 'b.txt': 'x' }, 'IMPORT_NOTHING_KNOWN'],
    ['an empty file', { 'a.csv': '' }, 'IMPORT_EMPTY'],
    ['blank lines', { 'a.csv': '\n\n' }, 'IMPORT_EMPTY'],
    ['empty files', { 'a.csv': '', 'b.csv': '' }, 'IMPORT_EMPTY'],
    ['foreign columns', { 'a.csv': 'City,Population\nGhent,260000\n' }, 'IMPORT_COLUMNS'],
    ['a row cut off', { 'a.csv': `${header}7,${time}` }, 'IMPORT_CSV_INVALID'],
    ['a time cut off', { 'a.csv': `${header}7,4/12/2016 12:0,1` }, 'IMPORT_CSV_INVALID'],
    [
      'days before months',
      { 'a.csv': `${header}7,24/12/2016 12:00:00 AM,3\n` },
      'IMPORT_CSV_INVALID',
    ],
    ['words for numbers', { 'a.csv': `${header}7,${time},many\n` }, 'IMPORT_CSV_INVALID'],
    ['fractions of steps', { 'a.csv': `${header}7,${time},1.5\n` }, 'IMPORT_CSV_INVALID'],
    ['negative steps', { 'a.csv': `${header}7,${time},-3\n` }, 'IMPORT_CSV_INVALID'],
    ['too many steps', { 'a.csv': `${header}7,${time},99999999999\n` }, 'IMPORT_CSV_INVALID'],
    ['no number', { 'a.csv': `${header}7,${time},\n` }, 'IMPORT_CSV_INVALID'],
    ['an unknown stage', { 'a.csv': `Id,date,value,logId\n7,${time},4,1\n` }, 'IMPORT_CSV_INVALID'],
    ['no rate', { 'HR.csv': '1644226071.000000\nfast\n83\n' }, 'IMPORT_CSV_INVALID'],
    ['rate 0', { 'HR.csv': '1644226071.000000\n0\n83\n' }, 'IMPORT_CSV_INVALID'],
    ['a word among samples', { 'HR.csv': '1644226071.000000\n1\n83\nx\n' }, 'IMPORT_CSV_INVALID'],
    ['a beat without length', { 'IBI.csv': '1644226071.000000, IBI\n1.5\n' }, 'IMPORT_CSV_INVALID'],
    ['a tag that is no time', { 'tags.csv': '1644226140\nnow\n' }, 'IMPORT_CSV_INVALID'],
  ])('rejects %s', async (_name, files, code) => {
    await expect(readExport(exportOf(files))).rejects.toMatchObject({ code });
  });

  it('says file and line, and never the reading', async () => {
    const failure = readExport(exportOf({ 'x/a.csv': `${header}7,${time},3\n7,${time},12345x\n` }));
    await expect(failure).rejects.toMatchObject({ file: 'x/a.csv', line: 3 });
    await expect(failure).rejects.toThrow(/^x\/a\.csv, line 3: Steps is not a whole number/);
    await expect(failure).rejects.not.toThrow(/12345/);
  });

  it('warns of a file that may have been cut off within its last number', async () => {
    const { data } = await readExport(exportOf({ 'a.csv': `${header}7,${time},12` }));
    expect(data.warnings.join()).toContain('a.csv does not end with a line end');
    expect(data.warnings.join()).not.toContain('12');
  });

  it('has nothing to import in a header alone, and says so without failing', async () => {
    const { data, person } = await readExport(exportOf({ 'a.csv': header }));
    expect([person, data.series]).toEqual([undefined, []]);
  });
});

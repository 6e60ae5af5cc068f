import { describe, expect, it } from '@jest/globals';
import { openMemoryPod, PodError, type PodAdapter } from '../../../adapters/index.ts';
import { importExport, type ImportProgress } from '../../../apps/connect/index.ts';
import {
  decodeDailySummaries,
  decodeRollups,
  decodeSeries,
  decodeSleep,
  decodeStress,
} from '../../../vocab/index.ts';
import { exportOf } from './export-in-memory.ts';
import { april, contents, files, header, may, podWith, storageUrl } from './small-export.ts';

const options = { timeZone: 'Europe/Brussels' };

async function imported(input: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const pod = openMemoryPod();
  await importExport(exportOf(input), { pod, storageUrl }, options);
  return contents(pod);
}

describe('importExport', () => {
  it('writes series, rollups, summaries, sleep, stress and sensors', async () => {
    const pod = openMemoryPod();
    const report = await importExport(exportOf(files), { pod, storageUrl }, options);
    const found = await contents(pod);
    expect(Object.keys(found).toSorted()).toEqual([
      'wellness/daily-summary/fitbit-7_2016.ttl',
      'wellness/heart-rate/empatica-e4_2016-04.ttl',
      'wellness/heart-rate/fitbit-7_2016-04.ttl',
      'wellness/rollup/heart-rate_empatica-e4_2016.ttl',
      'wellness/rollup/heart-rate_fitbit-7_2016.ttl',
      'wellness/rollup/steps_fitbit-7_2016.ttl',
      'wellness/sensor/empatica-e4.ttl',
      'wellness/sensor/fitbit-7.ttl',
      'wellness/sleep/fitbit-7_2016-05.ttl',
      'wellness/steps/fitbit-7_2016-04.ttl',
      'wellness/steps/fitbit-7_2016-05.ttl',
      'wellness/stress/empatica-e4_2016-04.ttl',
    ]);
    const at = (path: string) => [found[path] ?? '', storageUrl + path] as const;
    const steps = decodeSeries(...at('wellness/steps/fitbit-7_2016-04.ttl'));
    expect([steps.timeZone, ...steps.scaledValues]).toEqual(['Europe/Brussels', 3, 0]);
    expect(
      decodeRollups(...at('wellness/rollup/steps_fitbit-7_2016.ttl')).days.map((day) => [
        day.start,
        day.count,
        day.sum,
      ]),
    ).toEqual([
      ['2016-04-12', 2, '3'],
      ['2016-05-01', 1, '12'],
    ]);
    expect(decodeDailySummaries(...at('wellness/daily-summary/fitbit-7_2016.ttl'))).toHaveLength(1);
    expect(decodeSleep(...at('wellness/sleep/fitbit-7_2016-05.ttl'))).toHaveLength(1);
    expect(decodeStress(...at('wellness/stress/empatica-e4_2016-04.ttl'))).toHaveLength(1);
    expect(report).toMatchObject({
      person: '7',
      documentsWritten: 12,
      documentsUnchanged: 0,
      sleepEpisodes: 1,
      stressEpisodes: 1,
      dailySummaries: 1,
    });
    expect(report.signals.find(({ signal }) => signal === 'steps')).toMatchObject({
      added: 3,
      duplicates: 0,
      conflicts: 0,
      days: 2,
      firstDay: '2016-04-12',
      lastDay: '2016-05-01',
    });
  });

  it('writes nothing when everything is there', async () => {
    const { inner, pod } = podWith(() => Promise.resolve());
    await importExport(exportOf(files), { pod, storageUrl }, options);
    const before = await contents(inner);
    let writes = 0;
    const counting: PodAdapter = {
      ...inner,
      write(...call) {
        writes += 1;
        return inner.write(...call);
      },
    };
    const report = await importExport(exportOf(files), { pod: counting, storageUrl }, options);
    expect(writes).toBe(0);
    expect(report).toMatchObject({ documentsWritten: 0, documentsUnchanged: 12, bytesWritten: 0 });
    expect(report.signals.map(({ added }) => added)).toEqual([0, 0, 0]);
    expect(await contents(inner)).toEqual(before);
  });

  it('gives the same pod whatever the order of partial exports', async () => {
    const first = { 'a.csv': `${header}${april}` };
    const second = { 'a.csv': `${header}7,4/12/2016 12:01:00 AM,9\n${may}` };
    const both = async (parts: readonly Record<string, string>[]) => {
      const pod = openMemoryPod();
      for (const part of parts) await importExport(exportOf(part), { pod, storageUrl }, options);
      return contents(pod);
    };
    const found = await both([first, second]);
    expect(await both([second, first])).toEqual(found);
    expect(await both([first, second, first])).toEqual(found);
    expect(
      await imported({ 'a.csv': `${header}${april}7,4/12/2016 12:01:00 AM,9\n${may}` }),
    ).toEqual(found);
  });

  it('can be killed before any write and completes when it is run again', async () => {
    const whole = await imported(files);
    for (let killedAt = 1; killedAt <= 12; killedAt += 1) {
      const { inner, pod } = podWith((_inner, count) =>
        count >= killedAt
          ? Promise.reject(new PodError('POD_FORBIDDEN', 'killed'))
          : Promise.resolve(),
      );
      await expect(
        importExport(exportOf(files), { pod, storageUrl }, { ...options, concurrency: 1 }),
      ).rejects.toMatchObject({ code: 'IMPORT_POD_FORBIDDEN' });
      expect(Object.keys(await contents(inner))).toHaveLength(killedAt - 1);
      await importExport(exportOf(files), { pod: inner, storageUrl }, options);
      expect(await contents(inner)).toEqual(whole);
    }
  });

  it('says how far it came when the pod is full, and leaves whole documents', async () => {
    const whole = await imported(files);
    const pod = openMemoryPod({ quotaBytes: 5000 });
    const failure = importExport(
      exportOf(files),
      { pod, storageUrl },
      { ...options, concurrency: 1 },
    );
    await expect(failure).rejects.toMatchObject({ code: 'IMPORT_POD_FULL' });
    await expect(failure).rejects.toThrow(/of 12 documents are in the pod, each complete/);
    const found = await contents(pod);
    for (const [path, text] of Object.entries(found)) {
      // A year's statistics may still lack months, but what is there is complete.
      expect([path, text]).toEqual([path, whole[path]]);
    }
  });

  it('merges anew when another program was faster', async () => {
    const url = `${storageUrl}wellness/steps/fitbit-7_2016-04.ttl`;
    const { inner, pod } = podWith(async (store, count, written) => {
      if (written !== url || count > 3) return;
      await importExport(
        exportOf({ 'a.csv': `${header}7,4/13/2016 12:00:00 AM,5\n` }),
        { pod: store, storageUrl },
        options,
      );
    });
    await importExport(
      exportOf({ 'a.csv': header + april }),
      { pod, storageUrl },
      { ...options, concurrency: 1 },
    );
    const found = await contents(inner);
    expect(found).toEqual(
      await imported({ 'a.csv': `${header}${april}7,4/13/2016 12:00:00 AM,5\n` }),
    );
  });

  it('keeps statistics of all readings when another import comes between series and rollups', async () => {
    const other = { 'a.csv': `${header}7,4/12/2016 12:05:00 AM,5\n` };
    for (const before of ['read', 'write'] as const) {
      const inner = openMemoryPod();
      let isDone = false;
      const once = async (url: string): Promise<void> => {
        if (isDone || !url.includes('/rollup/')) return;
        isDone = true;
        await importExport(exportOf(other), { pod: inner, storageUrl }, options);
      };
      const pod: PodAdapter = {
        ...inner,
        async read(url, call) {
          const found = await inner.read(url, call).catch((error: unknown) => error);
          if (before === 'read') await once(url);
          if (found instanceof Error) throw found;
          return before === 'read' ? inner.read(url, call) : (found as never);
        },
        async write(url, body, call) {
          if (before === 'write') await once(url);
          return inner.write(url, body, call);
        },
      };
      await importExport(exportOf({ 'a.csv': header + april }), { pod, storageUrl }, options);
      const whole = `${header}${april}7,4/12/2016 12:05:00 AM,5\n`;
      expect(await contents(inner)).toEqual(await imported({ 'a.csv': whole }));
    }
  });

  it('makes episodes of marks that were moments before, whichever way came first', async () => {
    const marks = { 'S01/tags.csv': '1460448000\n1460448600\n1460449000\n' };
    const inTurn = async (...turns: readonly ('moments' | 'start-and-end')[]) => {
      const pod = openMemoryPod();
      for (const tags of turns) {
        await importExport(exportOf(marks), { pod, storageUrl }, { ...options, tags });
      }
      return contents(pod);
    };
    const path = 'wellness/stress/empatica-e4_2016-04.ttl';
    const found = await inTurn('start-and-end');
    expect(
      decodeStress(found[path] ?? '', storageUrl + path).map(
        ({ startMs, endMs }) => endMs - startMs,
      ),
    ).toEqual([600_000, 1000]);
    expect(await inTurn('moments', 'start-and-end')).toEqual(found);
    expect(await inTurn('start-and-end', 'moments')).toEqual(found);
    expect(await inTurn('moments', 'start-and-end', 'moments')).toEqual(found);
  });

  it('refuses to read the same device in another zone, before it writes', async () => {
    const pod = openMemoryPod();
    await importExport(exportOf(files), { pod, storageUrl }, options);
    const before = await contents(pod);
    await expect(
      importExport(exportOf(files), { pod, storageUrl }, { timeZone: 'America/New_York' }),
    ).rejects.toMatchObject({ code: 'IMPORT_TIME_ZONE' });
    expect(await contents(pod)).toEqual(before);
    // Paris has the clock of Brussels.
    const report = await importExport(
      exportOf(files),
      { pod, storageUrl },
      { timeZone: 'Europe/Paris' },
    );
    expect(report.signals.map(({ added, conflicts }) => added + conflicts)).toEqual([0, 0, 0]);
  });

  it('writes nothing in a dry run and reports what it would do', async () => {
    const pod = openMemoryPod();
    const dry = await importExport(
      exportOf(files),
      { pod, storageUrl },
      { ...options, dryRun: true },
    );
    expect(await contents(pod)).toEqual({});
    const wet = await importExport(exportOf(files), { pod, storageUrl }, options);
    expect({ ...dry, isDryRun: false, elapsedMs: 0 }).toEqual({ ...wet, elapsedMs: 0 });
  });

  it('writes nothing of an export whose last file is broken', async () => {
    const pod = openMemoryPod();
    const broken = { ...files, 'z.csv': `${header}7,4/12/2016 12:00:00 AM` };
    await expect(
      importExport(exportOf(broken), { pod, storageUrl }, options),
    ).rejects.toMatchObject({ code: 'IMPORT_CSV_INVALID', file: 'z.csv', line: 2 });
    expect(await contents(pod)).toEqual({});
  });

  it('stops when it is cancelled while writing', async () => {
    const abort = new AbortController();
    const { inner, pod } = podWith((_inner, count) => {
      if (count === 3) abort.abort(new Error('enough'));
      return Promise.resolve();
    });
    await expect(
      importExport(
        exportOf(files),
        { pod, storageUrl },
        { ...options, concurrency: 1, signal: abort.signal },
      ),
    ).rejects.toMatchObject({ code: 'IMPORT_CANCELLED' });
    expect(Object.keys(await contents(inner))).toHaveLength(2);
  });

  it('tells its progress through all phases', async () => {
    const told: ImportProgress[] = [];
    let nowMs = 0;
    await importExport(
      exportOf(files),
      { pod: openMemoryPod(), storageUrl },
      { ...options, onProgress: (progress) => told.push(progress), nowMs: () => (nowMs += 150) },
    );
    expect([...new Set(told.map(({ phase }) => phase))]).toEqual([
      'reading',
      'comparing',
      'writing',
      'registering',
    ]);
    const reading = told.filter(({ phase }) => phase === 'reading').at(-1);
    expect(reading).toMatchObject({ doneBytes: reading?.totalBytes, readings: 6 });
    expect(told.at(-1)).toMatchObject({ documentsWritten: 12, documentsTotal: 12 });
    expect(told.some(({ etaMs }) => etaMs !== undefined)).toBe(true);
  });

  it('puts an unreachable pod in plain words', async () => {
    const pod: PodAdapter = {
      ...openMemoryPod(),
      read: () => Promise.reject(new PodError('POD_UNAVAILABLE', 'connect ECONNREFUSED')),
    };
    const failure = importExport(exportOf(files), { pod, storageUrl }, options);
    await expect(failure).rejects.toMatchObject({ code: 'IMPORT_POD_UNREACHABLE' });
    await expect(failure).rejects.toThrow('Nothing was written.');
  });
});

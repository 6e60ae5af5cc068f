import { describe, expect, it } from '@jest/globals';
import express from 'express';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMemoryPod } from '../../../adapters/index.ts';
import {
  importExport,
  listPeople,
  openSpoolFolder,
  type UploadSpool,
} from '../../../apps/connect/index.ts';
import { exportName } from '../../../apps/connect/web/connect-routes.ts';
import { receiveUpload } from '../../../apps/connect/web/receive-upload.ts';
import { contents, storageUrl } from './small-export.ts';

const limits = { maxFiles: 20, maxBytes: 1_000_000 };
const session = {
  'HR.csv': '1644226071.000000\n1.000000\n83.00\n83.50\n',
  'IBI.csv': '1644226061.000000, IBI\n35.484375,0.890625\n',
  'tags.csv': '1644226140\r\n1644226740\r\n',
  'info.txt': '.csv files in this archive are in the following format:\n',
};

interface Received {
  readonly name: string;
  readonly spool: UploadSpool;
}

/** Sends files with the names that a browser gives those of a chosen folder. */
async function upload(
  paths: readonly (readonly [path: string, content: string])[],
  use: (received: Received) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'wellpod-folder-'));
  const openSpool = await openSpoolFolder(folder);
  const received: Received[] = [];
  const take = async (request: express.Request): Promise<readonly string[]> => {
    const spool = openSpool(limits);
    const sent = await receiveUpload(request, spool, limits);
    received.push({ name: exportName(sent), spool });
    return sent.files;
  };
  const app = express().post('/', (request, response, next) => {
    take(request).then((files) => response.json(files), next);
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const form = new FormData();
    for (const [path, content] of paths) form.append('files', new Blob([content]), path);
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: form });
    expect(await answer.json()).toEqual(paths.map(([path]) => path));
    for (const each of received) await use(each);
    expect(received).toHaveLength(1);
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  }
}

const inFolder = (folder: string) =>
  Object.entries(session).map(([name, content]) => [`${folder}/${name}`, content] as const);

describe('a folder of folders, chosen in the browser', () => {
  it('is imported as the sessions of one wristband', async () => {
    const folders = ['My E4/1644226061_A01B6F', 'My E4/1644326061_A01B6F'];
    await upload(folders.flatMap(inFolder), async ({ name, spool }) => {
      expect(name).toBe('My E4');
      const pod = openMemoryPod();
      const report = await importExport(
        spool.input(name),
        { pod, storageUrl },
        { timeZone: 'Europe/Brussels', tags: 'start-and-end' },
      );
      expect(report).toMatchObject({ person: 'A01B6F', stressEpisodes: 1, skippedFiles: [] });
      expect(Object.keys(await contents(pod)).toSorted()).toEqual([
        'wellness/heart-rate/empatica-a01b6f_2022-02.ttl',
        'wellness/inter-beat-interval/empatica-a01b6f_2022-02.ttl',
        'wellness/rollup/heart-rate_empatica-a01b6f_2022.ttl',
        'wellness/rollup/inter-beat-interval_empatica-a01b6f_2022.ttl',
        'wellness/sensor/empatica-a01b6f.ttl',
        'wellness/stress/empatica-a01b6f_2022-02.ttl',
      ]);
    });
  });

  it('asks whose data is meant where each folder of a study is a person', async () => {
    await upload(['study/S01', 'study/S02'].flatMap(inFolder), async ({ name, spool }) => {
      expect(await listPeople(spool.input(name))).toEqual(['S01', 'S02']);
    });
  });

  it('keeps people apart whose sessions lie in folders of one name', async () => {
    const folders = ['study/S01/E4', 'study/S02/E4', 'study/S03'];
    await upload(folders.flatMap(inFolder), async ({ name, spool }) => {
      const people = await listPeople(spool.input(name));
      expect(people).toEqual(['S03', 'study/S01/E4', 'study/S02/E4']);
      const target = { pod: openMemoryPod(), storageUrl };
      const report = await importExport(spool.input(name), target, { person: 'study/S02/E4' });
      expect(report).toMatchObject({ person: 'study/S02/E4', stressEpisodes: 2 });
      expect(report.signals.map(({ added, duplicates }) => [added, duplicates])).toEqual([
        [2, 0],
        [1, 0],
      ]);
    });
  });
});

import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { generateSamples } from '../../pod-fixtures/samples/generate-samples.ts';

/** 31 days of one person's Fitbit, as that person's own Fitabase export would be. */
export interface FitbitMonth {
  readonly path: string;
  readonly timeZone: string;
  /** `real: …` or `samples: …`. */
  readonly origin: string;
}

/** The one person of the real exports with heart rate by the second. */
const realPerson = '8877689391';

/** Days before the 31 of the export, which the derived file of minute heart rates has too. */
const before = /,2016-04-(?:0\d|1[01])T/;

/** One person's part of the real exports if they are at `realFolder`, else a sample. */
export async function fitbitMonth(folder: string, realFolder: string): Promise<FitbitMonth> {
  const names = await readdir(join(realFolder, 'fitbit')).catch(() => []);
  if (names.length === 0) {
    const exports = await generateSamples({ seed: 7, folder });
    const fitbit = exports.find(({ device }) => device === 'fitbit');
    if (fitbit === undefined) throw new Error('no sample of a Fitbit');
    return { path: fitbit.path, timeZone: fitbit.timeZone, origin: 'samples: Ada' };
  }
  const path = join(folder, 'fitbit');
  await mkdir(path, { recursive: true });
  for (const name of names) {
    await keepPerson(join(realFolder, 'fitbit', name), path);
  }
  return { path, timeZone: 'America/Chicago', origin: `real: Fitbit ${realPerson}` };
}

/** The export of a study holds 25 people; what is timed is the import of one person's own. */
async function keepPerson(file: string, folder: string): Promise<void> {
  if (!file.endsWith('.zip')) {
    await keepRows(createReadStream(file), join(folder, basename(file)));
    return;
  }
  const archive = await openPromise(file);
  for await (const entry of archive.eachEntry()) {
    const rows = await archive.openReadStreamPromise(entry);
    await keepRows(rows, join(folder, basename(entry.fileName)));
  }
}

async function keepRows(input: Readable, target: string): Promise<void> {
  const output = createWriteStream(target);
  let header = true;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const kept = line.startsWith(`${realPerson},`) && !before.test(line);
    if (header || kept) output.write(`${line}\n`);
    header = false;
  }
  output.end();
  await finished(output);
}

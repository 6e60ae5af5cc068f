import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  generateSamples,
  type SampleExport,
} from '../../../pod-fixtures/samples/generate-samples.ts';

/** Samples in a folder of their own, removed with `remove`. */
export interface GeneratedSamples {
  readonly folder: string;
  /** The folder of one export. */
  path(person: string, device: SampleExport['device']): string;
  remove(): Promise<void>;
}

export async function samplesInTemporaryFolder(
  seed: number,
  until?: string,
): Promise<GeneratedSamples> {
  const folder = await mkdtemp(join(tmpdir(), 'wellpod-samples-'));
  const exports = await generateSamples({
    seed,
    folder,
    ...(until === undefined ? {} : { until }),
  });
  return {
    folder,
    path(person, device) {
      const found = exports.find((each) => each.person.key === person && each.device === device);
      if (found === undefined) throw new Error(`no ${device} export of ${person}`);
      return found.path;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** SHA-256 over names and bytes of all files under a folder. */
export async function digestOf(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(file.slice(folder.length).replaceAll('\\', '/')).update(await readFile(file));
  }
  return hash.digest('hex');
}

/** The fields of each line, header first; made for test data that quotes nothing. */
export async function csvRows(...path: readonly string[]): Promise<string[][]> {
  return splitRows(await readFile(join(...path), 'utf8'));
}

export function splitRows(text: string): string[][] {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split(','));
}

/** `3/9/2026 1:05:00 PM` as milliseconds on the wall clock. */
export function wallMs(text: string): number {
  const match = /^(\d+)\/(\d+)\/(\d{4}) (\d+):(\d\d):(\d\d) ([AP])M$/.exec(text);
  if (match === null) throw new Error(`not a Fitabase time: ${text}`);
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number);
  const hours = (hour % 12) + (match[7] === 'P' ? 12 : 0);
  return Date.UTC(year, month - 1, day, hours, minute, second);
}

/** `2026-03-09` of `3/9/2026` or `3/9/2026 1:05:00 PM`. */
export function isoDay(text: string): string {
  const [month = '', day = '', year = ''] = (text.split(' ')[0] ?? '').split('/');
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

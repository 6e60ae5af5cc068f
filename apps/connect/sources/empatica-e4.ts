import type { SignalName } from '../../../vocab/index.ts';
import type { ExportEntry } from '../export/export-file.ts';
import { slug, type Connector, type ReadOptions, type Recognition } from './connector.ts';
import { readBeats, readSampled, readTags } from './empatica-files.ts';

/** What a file of a session holds, by its name in lower case. */
const sampled: ReadonlyMap<string, { readonly signal: SignalName; readonly scale: number }> =
  new Map([
    ['hr.csv', { signal: 'heart-rate', scale: 2 }],
    ['eda.csv', { signal: 'electrodermal-activity', scale: 6 }],
    ['temp.csv', { signal: 'skin-temperature', scale: 2 }],
  ]);

const notImported: ReadonlyMap<string, string> = new Map([
  ['acc.csv', 'acceleration is not imported yet'],
  ['bvp.csv', 'the raw pulse wave is not imported yet; heart rate and beats made of it are'],
]);

const isTags = (name: string): boolean => /^tags.*\.csv$/.test(name);

/**
 * A session of an Empatica E4 wristband: a folder with a CSV a sensor, in UTC. Its `info.txt` is
 * the description of the format: first row the start in Unix seconds, second row the rate in Hz.
 */
export const empaticaE4: Connector = {
  name: 'empatica-e4',
  label: 'Empatica E4',
  signals: ['heart-rate', 'inter-beat-interval', 'electrodermal-activity', 'skin-temperature'],
  times: 'instant',
  peopleBy: 'folder',

  recognise(entry, head): Recognition | undefined {
    const name = baseName(entry.path);
    const reason = notImported.get(name);
    if (reason !== undefined) return { imported: false, reason };
    if (name === 'info.txt' && isDescription(head)) return { imported: false };
    if (isTags(name)) return entry.sizeBytes === 0 || startsWithTime(head) ? imported : undefined;
    if (!sampled.has(name) && name !== 'ibi.csv') return undefined;
    return startsWithTime(head) ? imported : undefined;
  },

  people: (files, options) =>
    Promise.resolve([...sessionsByPerson(files, options.exportName).keys()]),

  async read(files, options) {
    const people = sessionsByPerson(files, options.exportName);
    // The only wearer needs no name, and is not asked for one.
    const person = people.size === 1 ? [...people.keys()][0] : options.person;
    for (const file of people.get(person ?? '') ?? []) {
      await readFile(file, sourceOf(file, options.exportName), options);
    }
    return [...people.keys()];
  },
};

const imported: Recognition = { imported: true };

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

function isDescription(head: readonly string[]): boolean {
  return /\.csv files in this archive/i.test(head[0] ?? '');
}

/** Unix seconds of this century, alone or as the first of several columns. */
function startsWithTime(head: readonly string[]): boolean {
  const seconds = Number(/^\s*(\d{10}(?:\.\d*)?)\s*(?:,|$)/.exec(head[0] ?? '')?.[1]);
  return seconds >= 1e9 && seconds < 1e10;
}

/** The folder or zip a session lies in: `S01`, or `1574430452_A01B6F` as the vendor names it. */
function sessionName(path: string, exportName: string): string {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const name = folder === '' ? exportName : folder.slice(folder.lastIndexOf('/') + 1);
  return name.replace(/\.zip$/i, '');
}

/** Serial number of the wristband, where the vendor's own name of the session tells it. */
function serialOf(session: string): string | undefined {
  return /^\d{10}_([A-Za-z0-9]{6})\b/.exec(session)?.[1];
}

/** Sessions of one wristband are one wearer's; otherwise each folder of a study is a person. */
function sessionsByPerson(
  files: readonly ExportEntry[],
  exportName: string,
): ReadonlyMap<string, readonly ExportEntry[]> {
  const people = new Map<string, ExportEntry[]>();
  for (const file of files) {
    const session = sessionName(file.path, exportName);
    const person = serialOf(session) ?? session;
    people.set(person, [...(people.get(person) ?? []), file]);
  }
  return new Map([...people].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function sourceOf(file: ExportEntry, exportName: string): string {
  const serial = serialOf(sessionName(file.path, exportName));
  return serial === undefined ? 'empatica-e4' : `empatica-${slug(serial)}`;
}

async function readFile(file: ExportEntry, source: string, options: ReadOptions): Promise<void> {
  const name = baseName(file.path);
  const target = { source, options };
  options.sink.sensor({ source, label: 'Empatica E4', manufacturer: 'Empatica', model: 'E4' });
  const column = sampled.get(name);
  if (column !== undefined) await readSampled(file, target, column);
  else if (isTags(name)) await readTags(file, target);
  else await readBeats(file, target);
}

import type { SignalName } from '../../../vocab/index.ts';
import type { ExportEntry } from '../export/export-file.ts';
import {
  slug,
  type Connector,
  type ReadOptions,
  type Recognition,
  type TagReading,
} from './connector.ts';
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
    let tags = 0;
    for (const file of people.get(person ?? '') ?? []) {
      tags += await readFile(file, sourceOf(file, options.exportName), options);
    }
    if (tags > 0) options.sink.warn(tagWords[options.tags]);
    return [...people.keys()];
  },
};

const tagWords: Readonly<Record<TagReading, string>> = {
  moments:
    'Marks made with the Empatica button were read as single moments of stress. If two of them mark ' +
    'the start and the end of stress, import again with that choice: the moments become episodes.',
  'start-and-end':
    'Marks made with the Empatica button were read two by two, as the start and the end of stress. ' +
    'They could be read as single moments instead.',
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

/** The folder or zip a session lies in, as far as paths tell; else the export's own name. */
function sessionFolder(path: string, exportName: string): string {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return (folder === '' ? exportName : folder).replace(/\.zip$/i, '');
}

/** The folder's own name: `S01`, or `1574430452_A01B6F` as the vendor names it. */
function sessionName(folder: string): string {
  return folder.slice(folder.lastIndexOf('/') + 1);
}

/** Serial number of the wristband, where the vendor's own name of the session tells it. */
function serialOf(session: string): string | undefined {
  return /^\d{10}_([A-Za-z0-9]{6})\b/.exec(session)?.[1];
}

/**
 * Sessions of one wristband are one wearer's; otherwise each folder of a study is a person, called
 * by its name, or by its whole path where several folders have that name (`S01/E4`, `S02/E4`).
 */
function sessionsByPerson(
  files: readonly ExportEntry[],
  exportName: string,
): ReadonlyMap<string, readonly ExportEntry[]> {
  const folderOf = ({ path }: ExportEntry): string => sessionFolder(path, exportName);
  const foldersByName = new Map<string, number>();
  for (const folder of new Set(files.map(folderOf))) {
    const name = sessionName(folder);
    foldersByName.set(name, (foldersByName.get(name) ?? 0) + 1);
  }
  const people = new Map<string, ExportEntry[]>();
  for (const file of files) {
    const folder = folderOf(file);
    const name = sessionName(folder);
    const person = serialOf(name) ?? (foldersByName.get(name) === 1 ? name : folder);
    people.set(person, [...(people.get(person) ?? []), file]);
  }
  return new Map([...people].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function sourceOf(file: ExportEntry, exportName: string): string {
  const serial = serialOf(sessionName(sessionFolder(file.path, exportName)));
  return serial === undefined ? 'empatica-e4' : `empatica-${slug(serial)}`;
}

/** Resolves to the number of tags in the file. */
async function readFile(file: ExportEntry, source: string, options: ReadOptions): Promise<number> {
  const name = baseName(file.path);
  const target = { source, options };
  options.sink.sensor({ source, label: 'Empatica E4', manufacturer: 'Empatica', model: 'E4' });
  const column = sampled.get(name);
  if (isTags(name)) return readTags(file, target);
  if (column !== undefined) await readSampled(file, target, column);
  else await readBeats(file, target);
  return 0;
}

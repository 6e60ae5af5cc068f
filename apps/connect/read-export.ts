import { choosePerson, type ExportPart } from './choose-person.ts';
import type { ExportInput } from './export/export-file.ts';
import { defaultLimits, type ExportLimits } from './export/limits.ts';
import { openExport, type SkippedFile } from './export/open-export.ts';
import { pathInput } from './export/path-input.ts';
import type { TextOptions } from './export/text-lines.ts';
import { machineTimeZone, wearerZone, type WearerZone } from './local-time.ts';
import { personGatherer, type PersonData } from './person-data.ts';
import { recogniseFiles, type RecognisedFiles } from './recognise-files.ts';
import { tagReadings, type TagReading } from './sources/connector.ts';

/** What to import: a path on this machine, or files as the upload spool gives them. */
export type ExportOrigin = ExportInput | { readonly path: string };

export interface ReadExportOptions {
  /** IANA zone of the wearer; the machine's when absent. */
  readonly timeZone?: string;
  /** Whose data, where the export holds several people. */
  readonly person?: string;
  /** What presses of a device's button mean. Default: moments. */
  readonly tags?: TagReading;
  readonly limits?: ExportLimits;
  readonly signal?: AbortSignal;
  readonly onProgress?: (doneBytes: number, totalBytes: number, readings: number) => void;
}

/** One person's part of an export, read to its end and checked. */
export interface ReadExport {
  readonly name: string;
  /** Absent when no file held anyone's data. */
  readonly person?: string;
  readonly data: PersonData;
  readonly zone: WearerZone;
  /** Sources whose times were wall-clock times: the zone decided what they mean. */
  readonly wallClockSources: ReadonlySet<string>;
  readonly skipped: readonly SkippedFile[];
  readonly totalBytes: number;
}

/** Everyone an export holds data of, as it names them. @throws ImportError. */
export async function listPeople(
  origin: ExportOrigin,
  options: Pick<ReadExportOptions, 'limits' | 'signal'> = {},
): Promise<readonly string[]> {
  const limits = options.limits ?? defaultLimits;
  const input = await inputOf(origin, limits);
  const { byConnector } = await recogniseFiles(await openExport(input, limits));
  const people = new Set<string>();
  for (const [connector, files] of byConnector) {
    const found = await connector.people(files, {
      ...textOptions(options, limits),
      exportName: input.name,
    });
    for (const person of found) people.add(person);
  }
  return [...people].toSorted();
}

/**
 * Reads one person's data out of an export. Nothing is written anywhere: a file that turns out to
 * be cut off leaves no trace.
 * @throws ImportError, `IMPORT_PERSON_AMBIGUOUS` with the `people` to choose from.
 */
export async function readExport(
  origin: ExportOrigin,
  options: ReadExportOptions = {},
): Promise<ReadExport> {
  const limits = options.limits ?? defaultLimits;
  const zone = wearerZone(options.timeZone ?? machineTimeZone());
  const input = await inputOf(origin, limits);
  const recognised = await recogniseFiles(await openExport(input, limits));
  const parts = await readParts(recognised, { input, options, limits, zone });
  const { person, kept, passedOver } = choosePerson(parts, options.person, input.name);
  return {
    name: input.name,
    ...(person === undefined ? {} : { person }),
    data: combined(kept.map((part) => part.data)),
    zone,
    wallClockSources: wallClockSources(kept),
    skipped: [
      ...recognised.skipped,
      ...passedOver.flatMap(({ files }) =>
        files.map(({ path }) => ({ path, reason: 'holds data of other people only' })),
      ),
    ],
    totalBytes: recognised.totalBytes,
  };
}

interface Reading {
  readonly input: ExportInput;
  readonly options: ReadExportOptions;
  readonly limits: ExportLimits;
  readonly zone: WearerZone;
}

async function readParts(
  { byConnector, totalBytes }: RecognisedFiles,
  { input, options, limits, zone }: Reading,
): Promise<readonly ExportPart[]> {
  const parts: ExportPart[] = [];
  let doneBytes = 0;
  let readings = 0;
  for (const [connector, files] of byConnector) {
    const gatherer = personGatherer();
    const onBytes = (bytes: number): void => {
      doneBytes += bytes;
      options.onProgress?.(doneBytes, totalBytes, readings + gatherer.readings());
    };
    const people = await connector.read(files, {
      ...textOptions(options, limits),
      onBytes,
      onOpenEnd: (path) =>
        gatherer.sink.warn(
          `${path} does not end with a line end: if it was cut off, its last reading may be wrong.`,
        ),
      exportName: input.name,
      zone,
      tags: options.tags ?? tagReadings[0],
      sink: gatherer.sink,
      ...(options.person === undefined ? {} : { person: options.person }),
    });
    readings += gatherer.readings();
    parts.push({ connector, files, people, data: gatherer.finish() });
  }
  return parts;
}

async function inputOf(origin: ExportOrigin, limits: ExportLimits): Promise<ExportInput> {
  if (!('path' in origin)) return origin;
  return pathInput(origin.path, limits);
}

function textOptions(
  { signal }: Pick<ReadExportOptions, 'signal'>,
  { maxLineLength }: ExportLimits,
): TextOptions {
  return signal === undefined ? { maxLineLength } : { maxLineLength, signal };
}

function combined(parts: readonly PersonData[]): PersonData {
  return {
    series: parts.flatMap(({ series }) => series),
    sleep: parts.flatMap(({ sleep }) => sleep),
    stress: parts.flatMap(({ stress }) => stress),
    summaries: parts.flatMap(({ summaries }) => summaries),
    sensors: parts.flatMap(({ sensors }) => sensors),
    warnings: parts.flatMap(({ warnings }) => warnings),
  };
}

function wallClockSources(parts: readonly ExportPart[]): ReadonlySet<string> {
  return new Set(
    parts
      .filter(({ connector }) => connector.times === 'wall-clock')
      .flatMap(({ data }) => data.sensors.map(({ source }) => source)),
  );
}

import type {
  DailySummary,
  Sensor,
  SignalName,
  SleepEpisode,
  StressEpisode,
} from '../../../vocab/index.ts';
import type { ExportEntry } from '../export/export-file.ts';
import type { TextOptions } from '../export/text-lines.ts';
import type { WearerZone } from '../local-time.ts';

/**
 * How one vendor's export is read. A new vendor is a file with one of these, added to
 * `sources/index.ts`.
 */
export interface Connector {
  /** `fitbit-fitabase`. */
  readonly name: string;
  readonly label: string;
  readonly signals: readonly SignalName[];
  /** `wall-clock`: the zone decides which instants the times mean; `instant`: only their offset. */
  readonly times: 'wall-clock' | 'instant';
  /** `folder`: people are told apart by where files lie, so that of a single one the name says nothing. */
  readonly peopleBy: 'id' | 'folder';
  /** What a file is to this connector, from its path and first lines; undefined: not of this vendor. */
  recognise(entry: ExportEntry, head: readonly string[]): Recognition | undefined;
  /** Everyone whose data the files hold, as the export names them. */
  people(files: readonly ExportEntry[], options: PeopleOptions): Promise<readonly string[]>;
  /**
   * Reads one person's data into `sink`: `person`, or without one the first that is met; data of
   * others is passed over. Resolves to everyone met, so that the caller sees an ambiguity.
   * @throws ImportError for a file that cannot be read to its end.
   */
  read(files: readonly ExportEntry[], options: ReadOptions): Promise<readonly string[]>;
}

/** `imported`, or recognised as a file that is not taken in; `reason` where the user should know. */
export type Recognition =
  { readonly imported: true } | { readonly imported: false; readonly reason?: string };

export interface PeopleOptions extends TextOptions {
  /** Name of the export as the user knows it, for files that lie in no folder. */
  readonly exportName: string;
}

export interface ReadOptions extends PeopleOptions {
  readonly person?: string;
  readonly zone: WearerZone;
  readonly tags: TagReading;
  readonly sink: ReadingSink;
}

/** What presses of a device's button mean, which only the wearer or the study knows. */
export type TagReading = (typeof tagReadings)[number];

/** The ways to read presses of a button, the default first. */
export const tagReadings = ['moments', 'start-and-end'] as const;

/** Where a connector puts what it reads. */
export interface ReadingSink {
  /** Takes readings of one signal from one source; values are `value × 10^scale`, in any order. */
  series(signal: SignalName, source: string, scale: number): SeriesSink;
  sleep(episode: SleepEpisode): void;
  stress(episode: StressEpisode): void;
  summary(summary: DailySummary): void;
  sensor(sensor: Sensor): void;
  /** Something the user should know; never a reading. */
  warn(text: string): void;
}

export interface SeriesSink {
  add(timeMs: number, utcOffsetMinutes: number, scaledValue: number): void;
}

/** A name as it may stand in a source slug and a document name. */
export function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64);
  return plain === '' ? 'unnamed' : plain;
}

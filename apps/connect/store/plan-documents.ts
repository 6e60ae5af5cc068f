import {
  decodeDailySummaries,
  decodeSensor,
  decodeSeries,
  decodeSleep,
  decodeStress,
  encodeDailySummaries,
  encodeSensor,
  encodeSeries,
  encodeSleep,
  encodeStress,
  localMonth,
  mergeColumns,
  mergeDailySummaries,
  mergeSleep,
  mergeStress,
  rollUp,
  sensorIriOf,
  splitByLocalMonth,
  type DocumentPlace,
  type MergedColumns,
  type ReadingColumns,
  type Series,
  type SignalName,
  type SleepEpisode,
  type StressEpisode,
} from '../../../vocab/index.ts';
import { documentUrl, type DocumentRef } from '../../shared/catalog/index.ts';
import type { ReadExport } from '../read-export.ts';
import { checkZone, type Clock } from './check-zone.ts';
import { documentTask, type DocumentTask } from './document-task.ts';

/** A month of one signal: its task, and the year's rollup document that it counts into. */
export interface SeriesTask extends DocumentTask {
  readonly signal: SignalName;
  readonly source: string;
  readonly month: string;
}

/** Everything an import has to say, document by document. */
export interface DocumentPlan {
  readonly series: readonly SeriesTask[];
  /** Summaries, sleep, stress, sensors. */
  readonly others: readonly DocumentTask[];
}

/** Spreads what was read over the documents of the pod's layout. */
export function planDocuments(read: ReadExport, storageUrl: string): DocumentPlan {
  const place = placesIn(storageUrl);
  const series = read.data.series.flatMap(({ signal, source, columns }) =>
    [...splitByLocalMonth(columns)].map(([month, part]) =>
      seriesTask(
        { signal, source, month, timeZone: read.zone.timeZone, ...part },
        place({ kind: 'series', signal, source, month }),
        read.wallClockSources.has(source),
      ),
    ),
  );
  return {
    series,
    others: [
      ...summaryTasks(read, place),
      ...sleepTasks(read, place),
      ...stressTasks(read, place),
      ...sensorTasks(read, place),
    ],
  };
}

/** A month with nothing to say: what the pod has of it, for its statistics. */
export function presentMonth(
  { signal, source, month }: Pick<Series, 'signal' | 'source' | 'month'>,
  storageUrl: string,
): SeriesTask {
  const nothing = noReadings({ scale: 0 });
  return seriesTask(
    { signal, source, month, timeZone: 'UTC', ...nothing },
    placesIn(storageUrl)({ kind: 'series', signal, source, month }),
    false,
  );
}

type Places = (ref: DocumentRef) => DocumentPlace;

function placesIn(storageUrl: string): Places {
  return (ref) => ({
    documentUrl: documentUrl(storageUrl, ref),
    sensorIri: sensorIriOf(documentUrl(storageUrl, { kind: 'sensor', source: ref.source })),
  });
}

function seriesTask(incoming: Series, place: DocumentPlace, isWallClock: boolean): SeriesTask {
  const { signal, source, month } = incoming;
  const url = place.documentUrl;
  const task = documentTask<Series, MergedColumns & { readonly content: Series }>(url, {
    decode: (document) => decodeSeries(document, url),
    encode: (series) => encodeSeries(series, place),
    merge(existing) {
      if (existing !== undefined && isWallClock) {
        checkZone(clockOf(existing), clockOf(incoming), url);
      }
      const merged = mergeColumns(existing ?? noReadings(incoming), incoming);
      const timeZone = existing?.timeZone ?? incoming.timeZone;
      return { ...merged, content: { signal, source, month, timeZone, ...merged.columns } };
    },
    tell: ({ added, duplicates, conflicts, columns }) => ({
      counts: { added, duplicates, conflicts },
      rollups: rollUp(columns),
    }),
  });
  return { ...task, signal, source, month };
}

function noReadings({ scale }: Pick<ReadingColumns, 'scale'>): ReadingColumns {
  return {
    timesMs: new Float64Array(0),
    utcOffsetMinutes: new Int16Array(0),
    scaledValues: new Int32Array(0),
    scale,
  };
}

function clockOf({ timeZone, utcOffsetMinutes }: Series): Clock {
  return { timeZone, offsets: new Set(utcOffsetMinutes) };
}

function summaryTasks({ data }: ReadExport, place: Places): readonly DocumentTask[] {
  return groups(data.summaries, ({ source, day }) => ({
    kind: 'daily-summary',
    source,
    year: day.slice(0, 4),
  })).map(([ref, summaries]) => {
    const at = place(ref);
    return documentTask(at.documentUrl, {
      decode: (document) => decodeDailySummaries(document, at.documentUrl),
      merge: (existing) => ({ content: mergeDailySummaries(existing ?? [], summaries) }),
      encode: (content) => encodeDailySummaries(content, at),
    });
  });
}

function sleepTasks(
  { data, wallClockSources }: ReadExport,
  place: Places,
): readonly DocumentTask[] {
  return groups(data.sleep, ({ source, endMs, utcOffsetMinutes }) => ({
    kind: 'sleep',
    source,
    month: localMonth(endMs, utcOffsetMinutes),
  })).map(([ref, episodes]) => {
    const at = place(ref);
    return documentTask(at.documentUrl, {
      decode: (document) => decodeSleep(document, at.documentUrl),
      merge(existing) {
        if (existing !== undefined && wallClockSources.has(ref.source)) {
          checkZone(clockOfSleep(existing), clockOfSleep(episodes), at.documentUrl);
        }
        return { content: mergeSleep(existing ?? [], episodes) };
      },
      encode: (content) => encodeSleep(content, at),
    });
  });
}

function clockOfSleep(episodes: readonly SleepEpisode[]): Clock {
  return {
    timeZone: episodes[0]?.timeZone ?? '',
    offsets: new Set(episodes.map(({ utcOffsetMinutes }) => utcOffsetMinutes)),
  };
}

function stressTasks({ data }: ReadExport, place: Places): readonly DocumentTask[] {
  return groups(data.stress, ({ source, startMs, utcOffsetMinutes }) => ({
    kind: 'stress',
    source,
    month: localMonth(startMs, utcOffsetMinutes),
  })).map(([ref, episodes]) => {
    const at = place(ref);
    return documentTask(at.documentUrl, {
      decode: (document) => decodeStress(document, at.documentUrl),
      merge: (existing) => ({ content: withoutEndMarks(mergeStress(existing ?? [], episodes)) }),
      encode: (content) => encodeStress(content, at),
    });
  });
}

/**
 * Of marks that were imported as moments and then as starts and ends, the starts have become
 * episodes (the longer stays); the ends are theirs.
 */
function withoutEndMarks(episodes: readonly StressEpisode[]): StressEpisode[] {
  const momentMs = 1000;
  const isMoment = ({ startMs, endMs }: StressEpisode): boolean => endMs - startMs === momentMs;
  const ends = new Set(
    episodes
      .filter((episode) => !isMoment(episode))
      .map(({ source, endMs }) => `${source} ${endMs}`),
  );
  return episodes.filter((each) => !isMoment(each) || !ends.has(`${each.source} ${each.startMs}`));
}

function sensorTasks({ data }: ReadExport, place: Places): readonly DocumentTask[] {
  return data.sensors.map((sensor) => {
    const { documentUrl: url } = place({ kind: 'sensor', source: sensor.source });
    return documentTask(url, {
      decode: (document) => decodeSensor(document, url),
      // Whoever gave the device another label keeps it.
      merge: (existing) => ({ content: existing ?? sensor }),
      encode: (content) => encodeSensor(content, url),
    });
  });
}

/** Records by the document they belong to. */
function groups<Item>(
  items: readonly Item[],
  refOf: (item: Item) => DocumentRef,
): readonly (readonly [DocumentRef, readonly Item[]])[] {
  const found = new Map<string, readonly [DocumentRef, Item[]]>();
  for (const item of items) {
    const ref = refOf(item);
    const key = JSON.stringify(ref);
    const group = found.get(key);
    if (group === undefined) found.set(key, [ref, [item]]);
    else group[1].push(item);
  }
  return [...found.values()];
}

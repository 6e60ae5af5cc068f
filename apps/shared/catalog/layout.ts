import { signalNames, type SignalName } from '../../../vocab/index.ts';

/** What a document of ours holds, told by its name: enough to pass over it without reading it. */
export type DocumentRef =
  | {
      readonly kind: 'series';
      readonly signal: SignalName;
      readonly source: string;
      /** Local month, `YYYY-MM`. */
      readonly month: string;
    }
  | { readonly kind: 'sleep' | 'stress'; readonly source: string; readonly month: string }
  | { readonly kind: 'daily-summary'; readonly source: string; readonly year: string }
  | {
      readonly kind: 'rollup';
      readonly signal: SignalName;
      readonly source: string;
      readonly year: string;
    }
  | { readonly kind: 'sensor'; readonly source: string };

/** The container, of a storage, that all of ours are in. */
export function wellnessContainer(storageUrl: string): string {
  return `${storageUrl.endsWith('/') ? storageUrl : `${storageUrl}/`}wellness/`;
}

/** The container of documents of one kind; of a series, that of its signal. */
export function containerUrl(
  storageUrl: string,
  kind: Exclude<DocumentRef['kind'], 'series'> | SignalName,
): string {
  return `${wellnessContainer(storageUrl)}${kind}/`;
}

/** Where a document is written. Names hold nothing that would have to be percent-encoded. */
export function documentUrl(storageUrl: string, ref: DocumentRef): string {
  const container = containerUrl(storageUrl, ref.kind === 'series' ? ref.signal : ref.kind);
  return `${container}${documentName(ref)}.ttl`;
}

/** Where the bytes of a damaged document are kept: no container of records, and never registered. */
export function damagedCopyUrl(url: string, sha256: string): string {
  const [container = '', name = ''] = url.split('/').slice(-2);
  const copy = `${container}_${name.replace(/\.ttl$/, '')}_${sha256.slice(0, 16)}.txt`;
  return new URL(`../damaged/${copy}`, url).href;
}

function documentName(ref: DocumentRef): string {
  if (ref.kind === 'sensor') return ref.source;
  if (ref.kind === 'rollup') return `${ref.signal}_${ref.source}_${ref.year}`;
  return `${ref.source}_${ref.kind === 'daily-summary' ? ref.year : ref.month}`;
}

const source = '[a-z0-9-]+';
const signal = signalNames.join('|');
const patterns = {
  series: new RegExp(`/(?<signal>${signal})/(?<source>${source})_(?<month>\\d{4}-\\d\\d)\\.ttl$`),
  monthly: new RegExp(`/(?<kind>sleep|stress)/(?<source>${source})_(?<month>\\d{4}-\\d\\d)\\.ttl$`),
  summary: new RegExp(`/daily-summary/(?<source>${source})_(?<year>\\d{4})\\.ttl$`),
  rollup: new RegExp(`/rollup/(?<signal>${signal})_(?<source>${source})_(?<year>\\d{4})\\.ttl$`),
  sensor: new RegExp(`/sensor/(?<source>${source})\\.ttl$`),
};

/**
 * What the name of a document tells; undefined for a name that is not of this layout, which says
 * nothing about its content: such a document has to be read.
 */
export function parseDocumentUrl(url: string): DocumentRef | undefined {
  return parseSeries(url) ?? parseMonthly(url) ?? parseYearly(url) ?? parseSensor(url);
}

function parseSeries(url: string): DocumentRef | undefined {
  const { signal: name, source: from, month } = patterns.series.exec(url)?.groups ?? {};
  const known = signalNames.find((candidate) => candidate === name);
  if (known === undefined || from === undefined || month === undefined) return undefined;
  return { kind: 'series', signal: known, source: from, month };
}

function parseMonthly(url: string): DocumentRef | undefined {
  const { kind, source: from, month } = patterns.monthly.exec(url)?.groups ?? {};
  if (from === undefined || month === undefined) return undefined;
  return { kind: kind === 'sleep' ? 'sleep' : 'stress', source: from, month };
}

function parseYearly(url: string): DocumentRef | undefined {
  const summary = patterns.summary.exec(url)?.groups;
  if (summary?.['source'] !== undefined && summary['year'] !== undefined) {
    return { kind: 'daily-summary', source: summary['source'], year: summary['year'] };
  }
  const { signal: name, source: from, year } = patterns.rollup.exec(url)?.groups ?? {};
  const known = signalNames.find((candidate) => candidate === name);
  if (known === undefined || from === undefined || year === undefined) return undefined;
  return { kind: 'rollup', signal: known, source: from, year };
}

function parseSensor(url: string): DocumentRef | undefined {
  const from = patterns.sensor.exec(url)?.groups?.['source'];
  return from === undefined ? undefined : { kind: 'sensor', source: from };
}

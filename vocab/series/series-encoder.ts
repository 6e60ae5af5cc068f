import { DataFactory } from 'n3';
import type { NamedNode, Quad, Quad_Object } from '@rdfjs/types';
import { deltaLiteral } from './delta-literals.ts';
import { checkColumns } from './check-columns.ts';
import { localMonth } from '../document/instants.ts';
import { instant, number } from '../document/literals.ts';
import { RDF_TYPE, SOSA, XSD } from '../terms/reused-terms.ts';
import { segmentsOf, type Segment } from './segments.ts';
import type { DocumentPlace, Series } from './series.ts';
import { signals } from '../signals.ts';
import { WELL } from '../terms/terms.ts';
import { writeDocument } from '../document/turtle-document.ts';
import { VocabularyError } from '../document/vocabulary-error.ts';

const { literal, namedNode, quad } = DataFactory;
const slug = /^[a-z0-9-]+$/;
const gYearMonth = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/**
 * The Turtle document of a series: see `well:Series` in `wellness.ttl`.
 * @throws VocabularyError when the readings do not ascend or do not lie in the series' month.
 */
export function encodeSeries(series: Series, { documentUrl, sensorIri }: DocumentPlace): string {
  const { signal, source, month, timeZone, scale, timesMs } = series;
  checkColumns(series, documentUrl);
  if (!slug.test(source) || !gYearMonth.test(month)) {
    const what = 'the source is no slug or the month not YYYY-MM';
    throw new VocabularyError('VOCABULARY_INVALID', what, documentUrl);
  }
  const subject = namedNode(`${documentUrl}#series`);
  const { readingClass, property } = signals[signal];
  const triples: Quad[] = [
    quad(subject, RDF_TYPE, WELL.Series),
    quad(subject, WELL.readingClass, namedNode(readingClass)),
    quad(subject, SOSA.observedProperty, namedNode(property)),
    quad(subject, SOSA.madeBySensor, namedNode(sensorIri)),
    quad(subject, WELL.source, literal(source)),
    quad(subject, WELL.month, literal(month, XSD.gYearMonth)),
    quad(subject, WELL.timeZone, literal(timeZone)),
    quad(subject, WELL.scale, number(scale)),
    quad(subject, WELL.count, number(timesMs.length)),
  ];
  [...segmentsOf(series)].forEach((segment, index) => {
    checkMonth(series, segment, documentUrl);
    const node = namedNode(`${documentUrl}#s${index + 1}`);
    triples.push(quad(subject, WELL.segment, node));
    for (const [predicate, object] of segmentProperties(series, segment)) {
      triples.push(quad(node, predicate, object));
    }
  });
  return writeDocument(bySubject(triples), documentUrl);
}

type Property = readonly [NamedNode, Quad_Object];

function segmentProperties(series: Series, { from, to, periodMs }: Segment): Property[] {
  const { timesMs, utcOffsetMinutes, scaledValues } = series;
  const startMs = timesMs[from] ?? 0;
  const properties: Property[] = [
    [RDF_TYPE, WELL.Segment],
    [WELL.start, instant(startMs, utcOffsetMinutes[from] ?? 0)],
    [WELL.count, number(to - from)],
  ];
  if (periodMs === undefined) {
    const { tickMs, offsets } = ticksOf(timesMs.subarray(from, to));
    properties.push([WELL.tick, number(tickMs)], [WELL.offsets, deltaLiteral(offsets)]);
  } else {
    properties.push([WELL.period, number(periodMs)]);
  }
  return [...properties, [WELL.values, deltaLiteral(scaledValues.subarray(from, to))]];
}

/** The instants as whole ticks since the first, the tick as long as can be. */
function ticksOf(timesMs: Float64Array): { tickMs: number; offsets: Float64Array } {
  const startMs = timesMs[0] ?? 0;
  let tickMs = 0;
  let lastMs = startMs;
  let lastInterval = 0;
  for (const timeMs of timesMs) {
    const intervalMs = timeMs - lastMs;
    // Most intervals repeat, and the remainder of doubles is slow.
    if (intervalMs !== lastInterval && !Number.isInteger(intervalMs / tickMs)) {
      tickMs = greatestCommonDivisor(tickMs, intervalMs);
    }
    lastInterval = intervalMs;
    lastMs = timeMs;
  }
  const offsets = new Float64Array(timesMs.length);
  for (let index = 0; index < timesMs.length; index++) {
    offsets[index] = ((timesMs[index] ?? 0) - startMs) / tickMs;
  }
  return { tickMs, offsets };
}

function greatestCommonDivisor(a: number, b: number): number {
  let [greater, less] = [a, b];
  while (less !== 0) [greater, less] = [less, greater % less];
  return greater;
}

// Within a segment the offset is constant, so its ends tell.
function checkMonth(series: Series, { from, to }: Segment, documentUrl: string): void {
  const { timesMs, utcOffsetMinutes, month } = series;
  for (const index of [from, to - 1]) {
    if (localMonth(timesMs[index] ?? 0, utcOffsetMinutes[index] ?? 0) !== month) {
      throw new VocabularyError(
        'VOCABULARY_INVALID',
        'holds readings of another month',
        documentUrl,
      );
    }
  }
}

function bySubject(triples: readonly Quad[]): Quad[] {
  const groups = new Map<string, Quad[]>();
  for (const triple of triples) {
    const group = groups.get(triple.subject.value);
    if (group === undefined) groups.set(triple.subject.value, [triple]);
    else group.push(triple);
  }
  return [...groups.values()].flat();
}

import { DataFactory } from 'n3';
import type { NamedNode, Quad, Quad_Object } from '@rdfjs/types';
import { deltaLiteral } from './delta-literals.ts';
import { isWritableInstant, localMonth } from './instants.ts';
import { instant, number } from './literals.ts';
import { RDF_TYPE, SOSA, XSD } from './reused-terms.ts';
import { segmentsOf, type Segment } from './segments.ts';
import type { DocumentPlace, ReadingColumns, Series } from './series.ts';
import { signals } from './signals.ts';
import { WELL } from './terms.ts';
import { writeDocument } from './turtle-document.ts';
import { VocabularyError } from './vocabulary-error.ts';

const { literal, namedNode, quad } = DataFactory;

/** Decimal places that a scaled value of 32 bits can have, with a digit before the point. */
export const greatestScale = 9;

/** A readings document holds at most this many: over a year of minutes, ten hours at 400 Hz. */
export const mostReadings = 2 ** 24;

/**
 * The Turtle document of a series: see `well:Series` in `wellness.ttl`.
 * @throws VocabularyError when the readings do not ascend or do not lie in the series' month.
 */
export function encodeSeries(series: Series, { documentUrl, sensorIri }: DocumentPlace): string {
  const { signal, source, month, timeZone, scale, timesMs } = series;
  checkColumns(series, documentUrl);
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
    const node = namedNode(`${documentUrl}#segment-${index + 1}`);
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
    const offsets = timesMs.slice(from, to).map((timeMs) => timeMs - startMs);
    const tick = offsets.reduce(greatestCommonDivisor, 0);
    properties.push(
      [WELL.tick, number(tick)],
      [WELL.offsets, deltaLiteral(offsets.map((offset) => offset / tick))],
    );
  } else {
    properties.push([WELL.period, number(periodMs)]);
  }
  return [...properties, [WELL.values, deltaLiteral(scaledValues.subarray(from, to))]];
}

function greatestCommonDivisor(a: number, b: number): number {
  let [greater, less] = [a, b];
  while (less !== 0) [greater, less] = [less, greater % less];
  return greater;
}

/** @throws VocabularyError when columns do not keep what `ReadingColumns` promises. */
export function checkColumns(columns: ReadingColumns, documentUrl: string): void {
  const { timesMs, utcOffsetMinutes, scaledValues, scale } = columns;
  const fail = (what: string): never => {
    throw new VocabularyError('VOCABULARY_INVALID', what, documentUrl);
  };
  const { length } = timesMs;
  if (utcOffsetMinutes.length !== length || scaledValues.length !== length) {
    fail('columns differ in length');
  }
  if (length > mostReadings) fail(`holds more than ${mostReadings} readings`);
  if (!Number.isInteger(scale) || scale < 0 || scale > greatestScale) fail('has no usable scale');
  let lastMs = -Infinity;
  for (let index = 0; index < length; index++) {
    const timeMs = timesMs[index] ?? NaN;
    if (!(timeMs > lastMs)) fail('readings do not ascend in time');
    if (!isWritableInstant(timeMs, utcOffsetMinutes[index] ?? 0)) fail('has an unwritable instant');
    lastMs = timeMs;
  }
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

import { DataFactory } from 'n3';
import type { Quad } from '@rdfjs/types';
import { columnBuilder } from './column-builder.ts';
import { decimalPlaces, decimalText, scaledInteger } from '../document/decimals.ts';
import { documentGraph, type DocumentGraph } from '../document/document-graph.ts';
import { localMonth } from '../document/instants.ts';
import { date, instant, numeric } from '../document/literals.ts';
import { RDF_TYPE, SOSA } from '../terms/reused-terms.ts';
import { greatestScale } from './check-columns.ts';
import type { DocumentPlace, Series } from './series.ts';
import { signals } from '../signals.ts';
import { WELL } from '../terms/terms.ts';
import { VocabularyError } from '../document/vocabulary-error.ts';

const { namedNode, quad } = DataFactory;

/**
 * The readings of a series, six triples each, in the order of time. The reading at instant t is
 * `documentUrl#t`, t in epoch milliseconds.
 */
export function* seriesToReadings(series: Series, place: DocumentPlace): Generator<Quad> {
  const { timesMs, utcOffsetMinutes, scaledValues, scale } = series;
  const readingClass = namedNode(signals[series.signal].readingClass);
  const property = namedNode(signals[series.signal].property);
  const sensor = namedNode(place.sensorIri);
  for (let index = 0; index < timesMs.length; index++) {
    const timeMs = timesMs[index] ?? 0;
    const offset = utcOffsetMinutes[index] ?? 0;
    const subject = namedNode(`${place.documentUrl}#${timeMs}`);
    yield quad(subject, RDF_TYPE, readingClass);
    yield quad(subject, SOSA.observedProperty, property);
    const time = instant(timeMs, offset);
    yield quad(subject, SOSA.resultTime, time);
    const value = numeric(decimalText(scaledValues[index] ?? 0, scale));
    yield quad(subject, SOSA.hasSimpleResult, value);
    yield quad(subject, SOSA.madeBySensor, sensor);
    yield quad(subject, WELL.day, date(time.value.slice(0, 10)));
  }
}

/** What the readings of a document do not say themselves. */
export interface ReadingsAbout {
  readonly documentUrl: string;
  readonly source: string;
  readonly timeZone: string;
}

/**
 * The series of readings in any order, all of one signal and local month; its scale is the least
 * that holds every value. Of two readings at one instant the greater stays.
 * @throws VocabularyError when there is no reading, or they are of several signals or months.
 */
export function decodeReadings(quads: Iterable<Quad>, about: ReadingsAbout): Series {
  const { documentUrl, source, timeZone } = about;
  const graph = documentGraph(quads, documentUrl);
  const kinds = Object.values(signals)
    .map(({ name, readingClass }) => ({
      name,
      subjects: graph.instancesOf(namedNode(readingClass)),
    }))
    .filter(({ subjects }) => subjects.length > 0);
  const [kind, ...others] = kinds;
  if (kind === undefined || others.length > 0) {
    const what = 'does not hold readings of one signal';
    throw new VocabularyError('VOCABULARY_INVALID', what, documentUrl);
  }
  const texts = kind.subjects.map((subject) => graph.text(subject, SOSA.hasSimpleResult));
  const scale = texts.reduce((most, text) => Math.max(most, significantPlaces(text)), 0);
  const months = new Set<string>();
  const builder = columnBuilder(Math.min(scale, greatestScale));
  kind.subjects.forEach((subject, index) => {
    const { timeMs, utcOffsetMinutes } = graph.instant(subject, SOSA.resultTime);
    months.add(localMonth(timeMs, utcOffsetMinutes));
    builder.push(timeMs, utcOffsetMinutes, scaledValue(texts[index] ?? '', scale, graph));
  });
  const [month, ...otherMonths] = months;
  if (month === undefined || otherMonths.length > 0) {
    const what = 'does not hold readings of one month';
    throw new VocabularyError('VOCABULARY_INVALID', what, documentUrl);
  }
  return { signal: kind.name, source, month, timeZone, ...builder.build().columns };
}

// `97.0` is how a reading of scale 1 or more is written, so a zero counts as a decimal place.
function significantPlaces(text: string): number {
  return decimalPlaces(text.replace(/(\.\d+?)0+$/, '$1'));
}

function scaledValue(text: string, scale: number, { documentUrl }: DocumentGraph): number {
  const scaled = scaledInteger(text, scale);
  const value = Number(scaled);
  if ((value | 0) !== value) {
    throw new VocabularyError('VOCABULARY_INVALID', 'a value is no usable decimal', documentUrl);
  }
  return value;
}

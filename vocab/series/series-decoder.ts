import type { Quad } from '@rdfjs/types';
import { readDeltaLiteral } from './delta-literals.ts';
import { documentGraph, type DocumentGraph } from '../document/document-graph.ts';
import { SOSA } from '../terms/reused-terms.ts';
import { checkColumns, mostReadings } from './check-columns.ts';
import type { Series } from './series.ts';
import { signalOf, type Signal } from '../signals.ts';
import { WELL } from '../terms/terms.ts';
import { readDocument } from '../document/turtle-document.ts';
import { VocabularyError } from '../document/vocabulary-error.ts';

/** A series with the sensor its readings came from. */
export interface SensedSeries extends Series {
  readonly sensorIri: string;
}

interface SegmentHead {
  readonly subject: string;
  readonly startMs: number;
  readonly utcOffsetMinutes: number;
  readonly count: number;
}

/**
 * The one series of a document that `encodeSeries` wrote.
 * @throws VocabularyError when the document is cut short, changed, or holds no or several series.
 */
export function decodeSeries(input: string | Iterable<Quad>, documentUrl: string): SensedSeries {
  const graph = documentGraph(readDocument(input, documentUrl), documentUrl);
  const [subject, ...others] = graph.instancesOf(WELL.Series);
  if (subject === undefined || others.length > 0) {
    throw new VocabularyError('VOCABULARY_INVALID', 'does not hold one well:Series', documentUrl);
  }
  return readSeries(graph, subject);
}

/** The series that is `subject` in a document. */
export function readSeries(graph: DocumentGraph, subject: string): SensedSeries {
  const { documentUrl } = graph;
  const heads = graph
    .objects(subject, WELL.segment)
    .map(({ value }) => segmentHead(graph, value))
    .toSorted((a, b) => a.startMs - b.startMs);
  const count = graph.natural(subject, WELL.count);
  if (heads.reduce((sum, head) => sum + head.count, 0) !== count || count > mostReadings) {
    throw new VocabularyError('VOCABULARY_INVALID', 'counts do not add up', documentUrl);
  }
  const columns = {
    timesMs: new Float64Array(count),
    utcOffsetMinutes: new Int16Array(count),
    scaledValues: new Int32Array(count),
    scale: graph.natural(subject, WELL.scale),
  };
  let from = 0;
  for (const head of heads) {
    const to = from + head.count;
    readTimes(graph, head, columns.timesMs.subarray(from, to));
    columns.utcOffsetMinutes.fill(head.utcOffsetMinutes, from, to);
    const values = columns.scaledValues.subarray(from, to);
    readDeltaLiteral(graph.literal(head.subject, WELL.values), values, documentUrl);
    from = to;
  }
  checkColumns(columns, documentUrl);
  return {
    signal: signalOfSeries(graph, subject).name,
    source: graph.text(subject, WELL.source),
    month: graph.text(subject, WELL.month),
    timeZone: graph.text(subject, WELL.timeZone),
    sensorIri: graph.iri(subject, SOSA.madeBySensor),
    ...columns,
  };
}

function segmentHead(graph: DocumentGraph, subject: string): SegmentHead {
  const { timeMs, utcOffsetMinutes } = graph.instant(subject, WELL.start);
  const count = graph.natural(subject, WELL.count);
  return { subject, startMs: timeMs, utcOffsetMinutes, count };
}

function readTimes(graph: DocumentGraph, head: SegmentHead, timesMs: Float64Array): void {
  const { subject, startMs } = head;
  const hasOffsets = graph.objects(subject, WELL.offsets).length > 0;
  if (hasOffsets === graph.objects(subject, WELL.period).length > 0) {
    const what = 'a segment has not one of well:period and well:offsets';
    throw new VocabularyError('VOCABULARY_INVALID', what, graph.documentUrl);
  }
  if (hasOffsets) {
    const tickMs = graph.natural(subject, WELL.tick);
    readDeltaLiteral(graph.literal(subject, WELL.offsets), timesMs, graph.documentUrl);
    for (let index = 0; index < timesMs.length; index++) {
      timesMs[index] = startMs + (timesMs[index] ?? 0) * tickMs;
    }
    return;
  }
  const periodMs = graph.natural(subject, WELL.period);
  for (let index = 0; index < timesMs.length; index++) timesMs[index] = startMs + index * periodMs;
}

function signalOfSeries(graph: DocumentGraph, subject: string): Signal {
  const signal = signalOf(graph.iri(subject, WELL.readingClass));
  if (signal === undefined || graph.iri(subject, SOSA.observedProperty) !== signal.property) {
    const what = 'names no signal of the vocabulary';
    throw new VocabularyError('VOCABULARY_INVALID', what, graph.documentUrl);
  }
  return signal;
}

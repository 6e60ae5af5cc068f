import type { Quad } from '@rdfjs/types';
import { documentGraph } from '../document/document-graph.ts';
import { seriesToReadings } from './readings.ts';
import { RDF_TYPE } from '../terms/reused-terms.ts';
import { readSeries } from './series-decoder.ts';
import { WELL } from '../terms/terms.ts';
import { readDocument } from '../document/turtle-document.ts';

/**
 * The triples of a document with each series replaced by exactly its readings, and without the
 * digest, which is of the compact form. A document without a series comes back as it is.
 * @throws VocabularyError when a document with a series or a digest is cut short or changed.
 */
export function* expand(quads: Iterable<Quad>, documentUrl: string): Generator<Quad> {
  const all = [...quads];
  const isSeries = (triple: Quad): boolean =>
    triple.predicate.equals(RDF_TYPE) && triple.object.equals(WELL.Series);
  const hasSeries = all.some(isSeries);
  const hasDigest = all.some(({ predicate }) => predicate.equals(WELL.digest));
  const triples = hasSeries || hasDigest ? readDocument(all, documentUrl) : all;
  if (!hasSeries) {
    yield* all;
    return;
  }
  const graph = documentGraph(triples, documentUrl);
  const seriesNodes = graph.instancesOf(WELL.Series);
  const segments = seriesNodes.flatMap((node) => graph.objects(node, WELL.segment));
  const replaced = new Set([...seriesNodes, ...segments.map(({ value }) => value)]);
  yield* triples.filter(({ subject }) => !replaced.has(subject.value));
  for (const node of seriesNodes) {
    const series = readSeries(graph, node);
    yield* seriesToReadings(series, { documentUrl, sensorIri: series.sensorIri });
  }
}

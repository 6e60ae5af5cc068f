import { DataFactory } from 'n3';
import type { Quad } from '@rdfjs/types';
import { documentGraph } from '../document/document-graph.ts';
import { readEpisode, writeEpisode } from './episode-triples.ts';
import type { StressEpisode } from './episodes.ts';
import { localDay } from '../document/instants.ts';
import { date } from '../document/literals.ts';
import { mergeStress } from './merge-episodes.ts';
import { RDF_TYPE, SOSA } from '../terms/reused-terms.ts';
import type { DocumentPlace } from '../series/series.ts';
import { WELL } from '../terms/terms.ts';
import { readDocument, writeDocument } from '../document/turtle-document.ts';

const { literal, namedNode, quad } = DataFactory;

/** The Turtle document of stress episodes from one source; two with one start are merged. */
export function encodeStress(episodes: readonly StressEpisode[], place: DocumentPlace): string {
  const { documentUrl, sensorIri } = place;
  const triples = mergeStress(episodes, []).flatMap((episode) => {
    const subject = namedNode(`${documentUrl}#${episode.startMs}`);
    return [
      quad(subject, RDF_TYPE, WELL.StressEpisode),
      ...writeEpisode(subject, episode),
      quad(subject, WELL.day, date(localDay(episode.startMs, episode.utcOffsetMinutes))),
      quad(subject, WELL.source, literal(episode.source)),
      quad(subject, WELL.timeZone, literal(episode.timeZone)),
      quad(subject, SOSA.madeBySensor, namedNode(sensorIri)),
    ];
  });
  return writeDocument(triples, documentUrl);
}

/**
 * The stress episodes of a document that `encodeStress` wrote, ascending by start.
 * @throws VocabularyError when the document is cut short, changed, or of another kind.
 */
export function decodeStress(input: string | Iterable<Quad>, documentUrl: string): StressEpisode[] {
  const graph = documentGraph(readDocument(input, documentUrl), documentUrl);
  return graph
    .instancesOf(WELL.StressEpisode)
    .map((subject) => ({
      ...readEpisode(graph, subject),
      source: graph.text(subject, WELL.source),
      timeZone: graph.text(subject, WELL.timeZone),
    }))
    .toSorted((a, b) => a.startMs - b.startMs);
}

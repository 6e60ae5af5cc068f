import { DataFactory } from 'n3';
import type { NamedNode, Quad } from '@rdfjs/types';
import { documentGraph, type DocumentGraph } from '../document/document-graph.ts';
import { readEpisode, writeEpisode } from './episode-triples.ts';
import type { SleepEpisode, SleepStage, SleepStageInterval } from './episodes.ts';
import { localDay } from '../document/instants.ts';
import { date, number } from '../document/literals.ts';
import { mergeSleep } from './merge-episodes.ts';
import { RDF_TYPE, SOSA } from '../terms/reused-terms.ts';
import type { DocumentPlace } from '../series/series.ts';
import { STAGE, WELL } from '../terms/terms.ts';
import { readDocument, writeDocument } from '../document/turtle-document.ts';
import { VocabularyError } from '../document/vocabulary-error.ts';

const { literal, namedNode, quad } = DataFactory;

const stageTerms: Readonly<Record<SleepStage, NamedNode>> = STAGE;
const stages = ['awake', 'restless', 'asleep', 'light', 'deep', 'rem'] as const;
const stageByIri = new Map(stages.map((stage) => [stageTerms[stage].value, stage]));

/** The Turtle document of sleeps from one source; versions of one sleep are merged. */
export function encodeSleep(episodes: readonly SleepEpisode[], place: DocumentPlace): string {
  const { documentUrl, sensorIri } = place;
  const triples = mergeSleep(episodes, []).flatMap((episode) => {
    const subject = namedNode(episodeIri(documentUrl, episode));
    const intervals = episode.stages.map(
      (stage, index) => [namedNode(`${subject.value}/${index + 1}`), stage] as const,
    );
    return [
      quad(subject, RDF_TYPE, WELL.SleepEpisode),
      ...writeEpisode(subject, episode),
      quad(subject, WELL.day, date(localDay(episode.endMs, episode.utcOffsetMinutes))),
      quad(subject, WELL.source, literal(episode.source)),
      quad(subject, WELL.timeZone, literal(episode.timeZone)),
      quad(subject, SOSA.madeBySensor, namedNode(sensorIri)),
      ...(episode.sourceRecordId === undefined
        ? []
        : [quad(subject, WELL.sourceRecordId, literal(episode.sourceRecordId))]),
      quad(subject, WELL.asleepMinutes, number(episode.asleepMinutes)),
      quad(subject, WELL.inBedMinutes, number(episode.inBedMinutes)),
      ...intervals.map(([interval]) => quad(subject, WELL.stage, interval)),
      ...intervals.flatMap(([interval, stage]) => [
        quad(interval, RDF_TYPE, WELL.SleepStageInterval),
        ...writeEpisode(interval, stage),
        quad(interval, WELL.sleepStage, stageTerms[stage.stage]),
      ]),
    ];
  });
  return writeDocument(triples, documentUrl);
}

// Two records may start at once: the identifier parts them, and its slashes are escaped, so that
// none is taken for a stage interval.
function episodeIri(documentUrl: string, { startMs, sourceRecordId }: SleepEpisode): string {
  const record = sourceRecordId === undefined ? '' : `-${encodeURIComponent(sourceRecordId)}`;
  return `${documentUrl}#${startMs}${record}`;
}

/**
 * The sleeps of a document that `encodeSleep` wrote, ascending by start.
 * @throws VocabularyError when the document is cut short, changed, or of another kind.
 */
export function decodeSleep(input: string | Iterable<Quad>, documentUrl: string): SleepEpisode[] {
  const graph = documentGraph(readDocument(input, documentUrl), documentUrl);
  return graph
    .instancesOf(WELL.SleepEpisode)
    .map((subject) => {
      const sourceRecordId = graph.optionalText(subject, WELL.sourceRecordId);
      return {
        ...readEpisode(graph, subject),
        source: graph.text(subject, WELL.source),
        timeZone: graph.text(subject, WELL.timeZone),
        ...(sourceRecordId === undefined ? {} : { sourceRecordId }),
        asleepMinutes: graph.number(subject, WELL.asleepMinutes),
        inBedMinutes: graph.number(subject, WELL.inBedMinutes),
        stages: graph
          .objects(subject, WELL.stage)
          .map(({ value }) => stageInterval(graph, value))
          .toSorted((a, b) => a.startMs - b.startMs),
      };
    })
    .toSorted((a, b) => a.startMs - b.startMs);
}

function stageInterval(graph: DocumentGraph, subject: string): SleepStageInterval {
  const stage = stageByIri.get(graph.iri(subject, WELL.sleepStage));
  if (stage === undefined) {
    throw new VocabularyError('VOCABULARY_INVALID', 'a sleep stage is unknown', graph.documentUrl);
  }
  return { ...readEpisode(graph, subject), stage };
}

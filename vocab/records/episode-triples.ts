import { DataFactory } from 'n3';
import type { NamedNode, Quad } from '@rdfjs/types';
import type { DocumentGraph } from '../document/document-graph.ts';
import type { Episode } from './episodes.ts';
import { instant } from '../document/literals.ts';
import { WELL } from '../terms/terms.ts';
import { VocabularyError } from '../document/vocabulary-error.ts';

const { quad } = DataFactory;

/** `well:start` and `well:end` of a span. */
export function writeEpisode(subject: NamedNode, episode: Episode): Quad[] {
  const { startMs, endMs, utcOffsetMinutes } = episode;
  if (!(startMs < endMs)) {
    throw new VocabularyError('VOCABULARY_OUT_OF_RANGE', 'an episode does not end after its start');
  }
  return [
    quad(subject, WELL.start, instant(startMs, utcOffsetMinutes)),
    quad(subject, WELL.end, instant(endMs, utcOffsetMinutes)),
  ];
}

/** The span of a node; its offset from UTC is the one at its start. */
export function readEpisode(graph: DocumentGraph, subject: string): Episode {
  const { timeMs: startMs, utcOffsetMinutes } = graph.instant(subject, WELL.start);
  const { timeMs: endMs } = graph.instant(subject, WELL.end);
  if (!(startMs < endMs)) {
    const what = 'an episode does not end after its start';
    throw new VocabularyError('VOCABULARY_INVALID', what, graph.documentUrl);
  }
  return { startMs, endMs, utcOffsetMinutes };
}

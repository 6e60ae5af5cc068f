import { DataFactory } from 'n3';
import type { Quad } from '@rdfjs/types';
import { dailyMeasures } from './daily-measures.ts';
import { documentGraph } from '../document/document-graph.ts';
import type { DailySummary } from './episodes.ts';
import { date, number } from '../document/literals.ts';
import { mergeDailySummaries } from './merge-episodes.ts';
import { RDF_TYPE, SOSA } from '../terms/reused-terms.ts';
import type { DocumentPlace } from '../series/series.ts';
import { WELL } from '../terms/terms.ts';
import { readDocument, writeDocument } from '../document/turtle-document.ts';

const { literal, namedNode, quad } = DataFactory;

/** The Turtle document of a vendor's daily summaries from one source, one a day once merged. */
export function encodeDailySummaries(
  summaries: readonly DailySummary[],
  place: DocumentPlace,
): string {
  const { documentUrl, sensorIri } = place;
  const triples = mergeDailySummaries(summaries, []).flatMap((summary) => {
    const subject = namedNode(`${documentUrl}#${summary.day}`);
    return [
      quad(subject, RDF_TYPE, WELL.DailySummary),
      quad(subject, WELL.day, date(summary.day)),
      quad(subject, WELL.source, literal(summary.source)),
      quad(subject, SOSA.madeBySensor, namedNode(sensorIri)),
      ...dailyMeasures.flatMap(([name, term]) => {
        const value = summary[name];
        return value === undefined ? [] : [quad(subject, term, number(value))];
      }),
    ];
  });
  return writeDocument(triples, documentUrl);
}

/**
 * The summaries of a document that `encodeDailySummaries` wrote, ascending by day.
 * @throws VocabularyError when the document is cut short, changed, or of another kind.
 */
export function decodeDailySummaries(
  input: string | Iterable<Quad>,
  documentUrl: string,
): DailySummary[] {
  const graph = documentGraph(readDocument(input, documentUrl), documentUrl);
  return graph
    .instancesOf(WELL.DailySummary)
    .map((subject) => {
      const values = dailyMeasures.flatMap(([name, term]) => {
        const value = graph.optionalNumber(subject, term);
        return value === undefined ? [] : [[name, value] as const];
      });
      return {
        day: graph.text(subject, WELL.day),
        source: graph.text(subject, WELL.source),
        ...Object.fromEntries(values),
      };
    })
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

import { DataFactory } from 'n3';
import type { Quad } from '@rdfjs/types';
import { documentGraph } from '../document/document-graph.ts';
import type { Sensor } from './episodes.ts';
import { RDF_TYPE, RDFS_LABEL } from '../terms/reused-terms.ts';
import { WELL } from '../terms/terms.ts';
import { readDocument, writeDocument } from '../document/turtle-document.ts';
import { VocabularyError } from '../document/vocabulary-error.ts';

const { literal, namedNode, quad } = DataFactory;

/** The sensor that a sensor document is about: its node `#it`. */
export function sensorIriOf(documentUrl: string): string {
  return `${documentUrl}#it`;
}

/** The Turtle document of a sensor. */
export function encodeSensor(sensor: Sensor, documentUrl: string): string {
  const subject = namedNode(sensorIriOf(documentUrl));
  const { label, source, manufacturer, model } = sensor;
  return writeDocument(
    [
      quad(subject, RDF_TYPE, WELL.WearableSensor),
      quad(subject, RDFS_LABEL, literal(label)),
      quad(subject, WELL.source, literal(source)),
      quad(subject, WELL.manufacturer, literal(manufacturer)),
      ...(model === undefined ? [] : [quad(subject, WELL.model, literal(model))]),
    ],
    documentUrl,
  );
}

/**
 * The sensor of a document that `encodeSensor` wrote.
 * @throws VocabularyError when the document is cut short, changed, or of another kind.
 */
export function decodeSensor(input: string | Iterable<Quad>, documentUrl: string): Sensor {
  const graph = documentGraph(readDocument(input, documentUrl), documentUrl);
  const [subject, ...others] = graph.instancesOf(WELL.WearableSensor);
  if (subject === undefined || others.length > 0) {
    throw new VocabularyError('VOCABULARY_INVALID', 'does not hold one sensor', documentUrl);
  }
  const model = graph.optionalText(subject, WELL.model);
  return {
    source: graph.text(subject, WELL.source),
    label: graph.text(subject, RDFS_LABEL),
    manufacturer: graph.text(subject, WELL.manufacturer),
    ...(model === undefined ? {} : { model }),
  };
}

import { DataFactory } from 'n3';
import type { NamedNode, Quad } from '@rdfjs/types';
import { decimalPlaces, scaledInteger } from '../document/decimals.ts';
import { bigDeltaLiteral } from '../series/delta-literals.ts';
import type { Rollup } from '../records/episodes.ts';
import { date, number, numeric } from '../document/literals.ts';
import { RDF_TYPE, SOSA, XSD } from '../terms/reused-terms.ts';
import type { Rollups } from './rollup.ts';
import type { DocumentPlace } from '../series/series.ts';
import { signals, type SignalName } from '../signals.ts';
import { WELL } from '../terms/terms.ts';
import { writeDocument } from '../document/turtle-document.ts';
import { VocabularyError } from '../document/vocabulary-error.ts';

const { literal, namedNode, quad } = DataFactory;
const hourMs = 3_600_000;

/** What one document holds: the statistics of one signal from one source in a local year. */
export interface RollupYear extends Rollups {
  readonly signal: SignalName;
  readonly source: string;
  /** `YYYY`. */
  readonly year: string;
}

/**
 * The Turtle document of a year's statistics: a node a day, and the hours as parallel columns, see
 * `well:HourlyRollups` in `wellness.ttl`.
 * @throws VocabularyError when a start is of another year, or a statistic is no decimal.
 */
export function encodeRollups(year: RollupYear, place: DocumentPlace): string {
  const { documentUrl, sensorIri } = place;
  const document = namedNode(documentUrl);
  const sensor = namedNode(sensorIri);
  const property = namedNode(signals[year.signal].property);
  const triples: Quad[] = [
    quad(document, RDF_TYPE, WELL.RollupDocument),
    quad(document, SOSA.observedProperty, property),
    quad(document, SOSA.madeBySensor, sensor),
    quad(document, WELL.source, literal(year.source)),
    quad(document, WELL.year, literal(year.year, XSD.gYear)),
  ];
  for (const rollup of [...year.days, ...year.hours]) {
    if (!rollup.start.startsWith(`${year.year}-`)) {
      const what = 'holds statistics of another year';
      throw new VocabularyError('VOCABULARY_INVALID', what, documentUrl);
    }
  }
  for (const day of year.days) {
    const subject = namedNode(`${documentUrl}#${day.start}`);
    triples.push(
      quad(subject, RDF_TYPE, WELL.Rollup),
      quad(subject, SOSA.observedProperty, property),
      quad(subject, SOSA.madeBySensor, sensor),
      quad(subject, WELL.day, date(day.start)),
      quad(subject, WELL.count, number(day.count)),
      quad(subject, WELL.sum, numeric(day.sum)),
      quad(subject, WELL.sumOfSquares, numeric(day.sumOfSquares)),
      quad(subject, WELL.min, numeric(day.min)),
      quad(subject, WELL.max, numeric(day.max)),
    );
  }
  const isDecimal = ({ sum }: Rollup): boolean => sum.includes('.');
  for (const [name, hours] of [
    ['hours', year.hours.filter((hour) => !isDecimal(hour))],
    ['decimal-hours', year.hours.filter(isDecimal)],
  ] as const) {
    if (hours.length === 0) continue;
    const subject = namedNode(`${documentUrl}#${name}`);
    triples.push(
      quad(subject, RDF_TYPE, WELL.HourlyRollups),
      quad(subject, SOSA.observedProperty, property),
      quad(subject, SOSA.madeBySensor, sensor),
      ...hourProperties(hours, year.year, documentUrl).map(([predicate, object]) =>
        quad(subject, predicate, object),
      ),
    );
  }
  return writeDocument(triples, documentUrl);
}

function hourProperties(
  hours: readonly Rollup[],
  year: string,
  documentUrl: string,
): [NamedNode, ReturnType<typeof number>][] {
  const scale = Math.max(...hours.map(placesOf));
  const yearMs = Date.parse(`${year}-01-01T00:00:00Z`);
  const column = (
    integer: (hour: Rollup) => number | bigint | undefined,
  ): ReturnType<typeof number> =>
    bigDeltaLiteral(
      hours.map((hour) => {
        const value = integer(hour);
        if (value === undefined) {
          throw new VocabularyError('VOCABULARY_INVALID', 'a statistic is no decimal', documentUrl);
        }
        return value;
      }),
    );
  return [
    [WELL.scale, number(scale)],
    [WELL.count, number(hours.length)],
    [WELL.hours, column(({ start }) => (Date.parse(`${start}:00:00Z`) - yearMs) / hourMs)],
    [WELL.counts, column(({ count }) => count)],
    [WELL.sums, column(({ sum }) => scaledInteger(sum, scale))],
    [WELL.sumsOfSquares, column(({ sumOfSquares }) => scaledInteger(sumOfSquares, 2 * scale))],
    [WELL.minima, column(({ min }) => scaledInteger(min, scale))],
    [WELL.maxima, column(({ max }) => scaledInteger(max, scale))],
  ];
}

// The square of the least decimal has twice its places, so half of them, rounded up, suffice.
function placesOf({ sum, sumOfSquares, min, max }: Rollup): number {
  return Math.max(
    ...[sum, min, max].map(decimalPlaces),
    Math.ceil(decimalPlaces(sumOfSquares) / 2),
  );
}

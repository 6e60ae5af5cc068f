import type { Term } from '@rdfjs/types';
import {
  signalNames,
  signalOf,
  WELL,
  type SignalName,
  RDF_TYPE,
  SOSA,
} from '../../../vocab/index.ts';
import {
  expressionsOf,
  expressionsWithin,
  inputsOf,
  type Bgp,
  type Operation,
  type Path,
} from './algebra.ts';
import {
  constraintsBelow,
  dayBounds,
  daysOfTerm,
  narrow,
  type Constraint,
  type DayBounds,
} from './constraints.ts';
import { starsOf, type Star } from './reading-star.ts';
import { isTerm } from './term-codec.ts';

/** Documents that a part of a query may need: all that this does not exclude. */
export interface Demand {
  /** Signals whose readings may match. */
  readonly signals: readonly SignalName[];
  /** Our other classes whose documents may match, by the class they are registered for. */
  readonly classes: readonly string[];
  /** Whether documents registered for classes of other vocabularies may match. */
  readonly foreign: boolean;
  /** Local days that matching readings, nights and summaries may be of. */
  readonly days: DayBounds;
  /** The only document whose readings may match, where the query names one. */
  readonly onlyDocument?: string;
}

const plainClasses: readonly string[] = [
  WELL.SleepEpisode.value,
  WELL.StressEpisode.value,
  WELL.DailySummary.value,
  WELL.Rollup.value,
  WELL.WearableSensor.value,
];

/** Classes whose nodes lie in documents that are registered for another class. */
const registeredAs: Readonly<Record<string, string>> = {
  [WELL.SleepStageInterval.value]: WELL.SleepEpisode.value,
  [WELL.HourlyRollups.value]: WELL.Rollup.value,
  [WELL.RollupDocument.value]: WELL.Rollup.value,
};

const readingPredicates: ReadonlySet<string> = new Set([
  RDF_TYPE.value,
  SOSA.observedProperty.value,
  SOSA.resultTime.value,
  SOSA.hasSimpleResult.value,
  SOSA.madeBySensor.value,
  WELL.day.value,
]);

/** Predicates that among our documents only those of readings have. */
const onlyOfReadings: ReadonlySet<string> = new Set([
  SOSA.resultTime.value,
  SOSA.hasSimpleResult.value,
]);

const everything: Demand = { signals: signalNames, classes: plainClasses, foreign: true, days: {} };

/** What the documents must hold that this algebra asks about, part by part. */
export function demandsOf(
  operation: Operation,
  above: readonly Constraint[] = [],
): readonly Demand[] {
  const inputs = inputsOf(operation);
  const below = constraintsBelow(operation, above);
  return [
    ...ownDemands(operation, above),
    ...inputs.flatMap((input, index) => demandsOf(input, below[index] ?? [])),
    ...expressionsOf(operation).flatMap((expression) =>
      [...expressionsWithin(expression)].flatMap((part) =>
        part.subType === 'existence' ? demandsOf(part.input) : [],
      ),
    ),
  ];
}

function ownDemands(operation: Operation, constraints: readonly Constraint[]): readonly Demand[] {
  if (operation.type === 'bgp') return demandsOfBgp(operation, constraints);
  if (operation.type === 'path') return demandsOfPath(operation);
  return [];
}

function demandsOfBgp(bgp: Bgp, constraints: readonly Constraint[]): readonly Demand[] {
  return starsOf(bgp).map((star) => demandOfStar(star, constraints));
}

/** The documents that a star may match in. */
export function demandOfStar(star: Star, constraints: readonly Constraint[]): Demand {
  const constant = (predicate: string): Term | undefined =>
    star.patterns.find(
      (pattern) => pattern.predicate.value === predicate && pattern.object.termType !== 'Variable',
    )?.object;
  const type = constant(RDF_TYPE.value);
  const base = type === undefined ? demandWithoutType(star) : demandOfType(type.value);
  const property = constant(SOSA.observedProperty.value);
  const signals =
    property === undefined
      ? base.signals
      : base.signals.filter((name) => signalOf(property.value)?.name === name);
  const onlyDocument =
    star.subject.termType === 'NamedNode' ? star.subject.value.split('#', 1)[0] : undefined;
  return {
    ...base,
    signals: star.patterns.some(cannotBeReading) ? [] : signals,
    days: daysOfStar(star, constraints),
    ...(onlyDocument === undefined ? {} : { onlyDocument }),
  };
}

function demandOfType(type: string): Demand {
  const nothing: Demand = { signals: [], classes: [], foreign: false, days: {} };
  const signal = signalOf(type);
  if (signal !== undefined && signal.readingClass === type) {
    return { ...nothing, signals: [signal.name] };
  }
  const registered = registeredAs[type] ?? type;
  if (plainClasses.includes(registered)) return { ...nothing, classes: [registered] };
  return { ...nothing, foreign: true };
}

function demandWithoutType({ patterns }: Star): Demand {
  const asksForReading = patterns.some(({ predicate }) => onlyOfReadings.has(predicate.value));
  return asksForReading ? { ...everything, classes: [] } : everything;
}

function cannotBeReading({ predicate }: Star['patterns'][number]): boolean {
  return predicate.termType !== 'Variable' && !readingPredicates.has(predicate.value);
}

function daysOfStar({ patterns }: Star, constraints: readonly Constraint[]): DayBounds {
  let days: DayBounds = {};
  for (const { predicate, object } of patterns) {
    if (predicate.value !== WELL.day.value && predicate.value !== SOSA.resultTime.value) continue;
    const own =
      object.termType === 'Variable' ? dayBounds(constraints, object.value) : daysOfTerm(object);
    if (own !== undefined) days = narrow(days, own);
  }
  return days;
}

/** A path may match wherever one of its links does; one that may be empty matches any node. */
function demandsOfPath({ predicate }: Path): readonly Demand[] {
  const links: string[] = [];
  let matchesAnything = false;
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if (Array.isArray(part)) return part.forEach(visit);
    if (!('type' in part)) return;
    if (part.type === 'link' && 'iri' in part) links.push(iriOf(part.iri));
    else if (typeof part.type === 'string' && anyNode.has(part.type)) matchesAnything = true;
    if ('path' in part) visit(part.path);
    if ('input' in part) visit(part.input);
  };
  visit(predicate);
  if (matchesAnything) return [everything];
  return links.map((link) => ({
    ...everything,
    signals: readingPredicates.has(link) ? signalNames : [],
    classes: onlyOfReadings.has(link) ? [] : plainClasses,
  }));
}

function iriOf(value: unknown): string {
  return isTerm(value) ? value.value : '';
}

const anyNode: ReadonlySet<string> = new Set(['nps', 'ZeroOrMorePath', 'ZeroOrOnePath']);

/** Classes of ours that are not readings. */
export function isPlainClass(iri: string): boolean {
  return plainClasses.includes(iri);
}

import type { Term } from '@rdfjs/types';
import {
  signalNames,
  signalOf,
  WELL,
  type SignalName,
  RDF_TYPE,
  SOSA,
} from '../../../vocab/index.ts';
import type { Bgp, Pattern } from './algebra.ts';

/** The six predicates of a reading. */
export type ReadingRole = 'type' | 'property' | 'time' | 'value' | 'sensor' | 'day';

const roleOfPredicate: Readonly<Record<string, ReadingRole>> = {
  [RDF_TYPE.value]: 'type',
  [SOSA.observedProperty.value]: 'property',
  [SOSA.resultTime.value]: 'time',
  [SOSA.hasSimpleResult.value]: 'value',
  [SOSA.madeBySensor.value]: 'sensor',
  [WELL.day.value]: 'day',
};

/** Patterns of a BGP that share a subject. */
export interface Star {
  readonly subject: Term;
  readonly patterns: readonly Pattern[];
}

/** A star that asks of one reading only what a reading has: columns can answer it. */
export interface ReadingStar extends Star {
  /** Name of the variable that is the reading. */
  readonly reading: string;
  /** The object asked for each predicate: a variable or a constant. */
  readonly objects: ReadonlyMap<ReadingRole, Term>;
  /** Signals it may match; several when neither class nor property is a constant. */
  readonly signals: readonly SignalName[];
}

/** The stars of a BGP, whose join it is (SPARQL 1.1 §18.3). */
export function starsOf(bgp: Bgp): readonly Star[] {
  const stars = new Map<string, { subject: Term; patterns: Pattern[] }>();
  for (const pattern of bgp.patterns) {
    const key = `${pattern.subject.termType} ${pattern.subject.value}`;
    const star = stars.get(key) ?? { subject: pattern.subject, patterns: [] };
    star.patterns.push(pattern);
    stars.set(key, star);
  }
  return [...stars.values()];
}

/**
 * The star as a question about readings; `undefined` when it asks for more than readings have,
 * or asks in a way that columns do not answer (a predicate twice, a variable twice).
 */
export function readingStarOf(star: Star): ReadingStar | undefined {
  if (star.subject.termType !== 'Variable') return undefined;
  const objects = new Map<ReadingRole, Term>();
  const variables = new Set([star.subject.value]);
  for (const { predicate, object } of star.patterns) {
    const role = predicate.termType === 'NamedNode' ? roleOfPredicate[predicate.value] : undefined;
    if (role === undefined || objects.has(role)) return undefined;
    if (object.termType === 'Variable') {
      if (variables.has(object.value)) return undefined;
      variables.add(object.value);
    }
    objects.set(role, object);
  }
  return { ...star, reading: star.subject.value, objects, signals: signalsOf(objects) };
}

function signalsOf(objects: ReadonlyMap<ReadingRole, Term>): readonly SignalName[] {
  const allowed = (role: 'type' | 'property', name: SignalName): boolean => {
    const object = objects.get(role);
    if (object === undefined || object.termType === 'Variable') return true;
    const signal = signalOf(object.value);
    if (signal?.name !== name) return false;
    return object.value === (role === 'type' ? signal.readingClass : signal.property);
  };
  return signalNames.filter((name) => allowed('type', name) && allowed('property', name));
}

/** The variable that a role is bound to, if it is asked as one. */
export function variableOfRole(star: ReadingStar, role: ReadingRole): string | undefined {
  const object = star.objects.get(role);
  return object?.termType === 'Variable' ? object.value : undefined;
}

import type { Literal, Term } from '@rdfjs/types';
import { formatInstant } from '../../../../vocab/index.ts';
import { typed } from '../term-codec.ts';

const xsdDateTime = 'http://www.w3.org/2001/XMLSchema#dateTime';
const dayMs = 86_400_000;

/** `xsd:dateTime` of an instant on a clock `offset` minutes from UTC, as readings carry it. */
export function dateTimeTerm(timeMs: number, offsetMinutes: number): Literal {
  return typed(formatInstant(timeMs, offsetMinutes), xsdDateTime);
}

/** `2016-04-12`, of UTC epoch days. */
export function dayText(epochDay: number): string {
  return new Date(epochDay * dayMs).toISOString().slice(0, 10);
}

/** An instant with an explicit zone. */
export interface Instant {
  readonly timeMs: number;
  readonly offsetMinutes: number;
}

/**
 * Reads an `xsd:dateTime` that says its zone. `undefined` for all others, one without a zone
 * included: how that compares depends on the engine's own zone (XPath implicit timezone).
 */
export function instantOf(term: Term): Instant | undefined {
  if (term.termType !== 'Literal' || term.datatype.value !== xsdDateTime) return undefined;
  const match = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|([+-])(\d\d):(\d\d))$/u.exec(
    term.value,
  );
  const timeMs = match === null ? Number.NaN : Date.parse(term.value);
  if (match === null || Number.isNaN(timeMs)) return undefined;
  const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
  return { timeMs, offsetMinutes: match[1] === '-' ? -minutes : minutes };
}

/** Local days, as `YYYY-MM-DD`, that readings of an instant may belong to, wherever worn. */
export function possibleDays(timeMs: number): { readonly first: string; readonly last: string } {
  const clamp = (value: number): number => Math.min(Math.max(value, -62e12), 253e12);
  return {
    first: new Date(clamp(timeMs - dayMs)).toISOString().slice(0, 10),
    last: new Date(clamp(timeMs + dayMs)).toISOString().slice(0, 10),
  };
}

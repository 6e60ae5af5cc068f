import type { Literal, Term } from '@rdfjs/types';
import { decimalText } from '../../../../vocab/index.ts';
import { typed } from '../term-codec.ts';
import { NotPushable } from './table.ts';

const xsd = 'http://www.w3.org/2001/XMLSchema#';

/** Integers `value × 10^scale` of numeric terms, and which of them are `xsd:decimal`. */
export interface ScaledNumbers {
  readonly scaled: Float64Array;
  readonly isDecimal: Uint8Array;
  readonly scale: number;
}

/** Larger integers lose digits in a double: then the engine, not a column, has to add them. */
const maxExact = Number.MAX_SAFE_INTEGER;

/** @throws NotPushable when a term is no plain `xsd:integer` or `xsd:decimal`. */
export function scaledNumbers(terms: readonly (Term | undefined)[]): ScaledNumbers {
  const parts = terms.map((term) => decimalParts(term));
  const scale = Math.max(0, ...parts.map(({ fraction }) => fraction.length));
  const scaled = Float64Array.from(parts, ({ sign, whole, fraction }) =>
    exact(sign * Number(whole + fraction.padEnd(scale, '0'))),
  );
  return { scaled, isDecimal: Uint8Array.from(parts, ({ decimal }) => (decimal ? 1 : 0)), scale };
}

function decimalParts(term: Term | undefined) {
  if (term?.termType === 'Literal') {
    const decimal = term.datatype.value === `${xsd}decimal`;
    const match = /^([+-]?)(\d+)(?:\.(\d{1,9}))?$/u.exec(term.value);
    const fraction = match?.[3] ?? '';
    if (match !== null && (decimal || (term.datatype.value === `${xsd}integer` && fraction === '')))
      return { decimal, sign: match[1] === '-' ? -1 : 1, whole: match[2] ?? '0', fraction };
  }
  throw new NotPushable('a value that is no plain number');
}

/** The number itself. @throws NotPushable when a double can't hold it exactly. */
export function exact(integer: number): number {
  if (Math.abs(integer) > maxExact) throw new NotPushable('a sum beyond exact integers');
  return integer;
}

/** `scaled / 10^scale` as `xsd:integer`, or as `xsd:decimal` in the canonical form. */
export function numberTerm(scaled: number, scale: number, decimal: boolean): Term {
  if (!decimal) return typed(String(scaled / 10 ** scale), `${xsd}integer`);
  // A scale of at least 1 keeps the fraction that tells a decimal from an integer.
  const text = scale === 0 ? `${scaled}.0` : decimalText(scaled, scale);
  return typed(text, `${xsd}decimal`);
}

/**
 * The mean as Comunica 5.4 prints it: `xsd:decimal` even of integers, the nearest double, never
 * with an exponent. One division of exact integers, so that it rounds once.
 */
export function meanTerm(scaledSum: number, scale: number, count: number): Term {
  const text = String(scaledSum / exact(count * 10 ** scale));
  const plain = text.includes('e')
    ? Number(text)
        .toFixed(20)
        .replace(/([0-9])0*$/u, '$1')
    : text;
  return typed(plain.includes('.') ? plain : `${plain}.0`, `${xsd}decimal`);
}

/** A whole number as `xsd:integer`. */
export function integerTerm(value: number): Literal {
  return typed(String(value), `${xsd}integer`);
}

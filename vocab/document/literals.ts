import { DataFactory } from 'n3';
import type { Literal } from '@rdfjs/types';
import { formatInstant } from './instants.ts';
import { XSD } from '../terms/reused-terms.ts';
import { VocabularyError } from './vocabulary-error.ts';

const plainDecimal = /^-?\d+\.\d+$/;

/** A number in decimal text: xsd:integer without a fraction, else xsd:decimal. */
export function numeric(text: string): Literal {
  return DataFactory.literal(text, text.includes('.') ? XSD.decimal : XSD.integer);
}

/** A number as xsd:integer or xsd:decimal. @throws VocabularyError when neither can say it. */
export function number(value: number): Literal {
  if (Number.isSafeInteger(value)) return numeric(String(value === 0 ? 0 : value));
  const text = String(value);
  if (!plainDecimal.test(text)) {
    throw new VocabularyError('VOCABULARY_OUT_OF_RANGE', 'a number is not a plain decimal');
  }
  return numeric(text);
}

/** An instant on the wearer's clock as xsd:dateTime. */
export function instant(timeMs: number, utcOffsetMinutes: number): Literal {
  return DataFactory.literal(formatInstant(timeMs, utcOffsetMinutes), XSD.dateTime);
}

/** A local day as xsd:date. */
export function date(day: string): Literal {
  return DataFactory.literal(day, XSD.date);
}

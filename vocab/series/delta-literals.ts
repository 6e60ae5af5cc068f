import { DataFactory } from 'n3';
import type { Literal } from '@rdfjs/types';
import {
  encodedLengths,
  plainBytes,
  readPlain,
  readRuns,
  runBytes,
  zigzagDifferences,
} from './delta-bytes.ts';
import { WELL } from '../terms/terms.ts';
import { VocabularyError } from '../document/vocabulary-error.ts';

/** Integers as `well:deltas` or `well:deltaRuns`, whichever is shorter. */
export function deltaLiteral(values: Int32Array | Float64Array): Literal {
  const zigzags = zigzagDifferences(values);
  const { plain, runs } = encodedLengths(zigzags);
  return runs < plain
    ? DataFactory.literal(base64(runBytes(zigzags, runs)), WELL.deltaRuns)
    : DataFactory.literal(base64(plainBytes(zigzags, plain)), WELL.deltas);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}

/** The bytes of base64 text, of which Node would skip what it does not know. */
function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const isWhole = text.length % 4 === 0 && bytes.length === (text.length / 4) * 3 - padding;
  return isWhole ? bytes : undefined;
}

function bytesOf({ value }: Literal, documentUrl: string): Buffer {
  const bytes = fromBase64(value);
  if (bytes === undefined) {
    throw new VocabularyError('VOCABULARY_INVALID', 'a compact literal is no base64', documentUrl);
  }
  return bytes;
}

/**
 * Fills `target` from a compact literal, which must hold exactly as many integers.
 * @throws VocabularyError when it does not, or its datatype is not one of ours.
 */
export function readDeltaLiteral(
  literal: Literal,
  target: Int32Array | Float64Array,
  documentUrl: string,
): void {
  const datatype = literal.datatype.value;
  const isRuns = datatype === WELL.deltaRuns.value;
  if (!isRuns && datatype !== WELL.deltas.value) {
    throw new VocabularyError('VOCABULARY_INVALID', 'an encoding is unknown', documentUrl);
  }
  const bytes = bytesOf(literal, documentUrl);
  if (!(isRuns ? readRuns(bytes, target) : readPlain(bytes, target))) {
    throw new VocabularyError(
      'VOCABULARY_INVALID',
      'a compact literal does not hold as many integers as its count says',
      documentUrl,
    );
  }
}

// Differences of smaller integers, zigzagged, are safe integers still.
const safeMagnitude = 2 ** 50;

/** Integers of any size as `well:deltas`. */
export function bigDeltaLiteral(values: readonly (number | bigint)[]): Literal {
  if (values.every(isSafe)) {
    const zigzags = zigzagDifferences(Float64Array.from(values));
    const bytes = plainBytes(zigzags, encodedLengths(zigzags).plain);
    return DataFactory.literal(base64(bytes), WELL.deltas);
  }
  const bytes: number[] = [];
  let last = 0n;
  for (const value of values.map(BigInt)) {
    const difference = value - last;
    last = value;
    let rest = difference < 0n ? -2n * difference - 1n : 2n * difference;
    for (; rest >= 128n; rest /= 128n) bytes.push(Number(rest % 128n) + 128);
    bytes.push(Number(rest));
  }
  return DataFactory.literal(base64(Uint8Array.from(bytes)), WELL.deltas);
}

function isSafe(value: number | bigint): value is number {
  return typeof value === 'number' && Math.abs(value) < safeMagnitude;
}

/**
 * The `count` integers of any size of a `well:deltas` literal, as numbers when none is great.
 * @throws VocabularyError when the literal holds another number of integers.
 */
export function readBigDeltaLiteral(
  literal: Literal,
  count: number,
  documentUrl: string,
): readonly number[] | readonly bigint[] {
  const bytes = bytesOf(literal, documentUrl);
  const isDeltas = literal.datatype.value === WELL.deltas.value && count <= bytes.length;
  const numbers = new Float64Array(isDeltas ? count : 0);
  if (isDeltas && readPlain(bytes, numbers) && numbers.every(isSafe)) return [...numbers];
  const integers = isDeltas ? readBigIntegers(bytes) : undefined;
  if (integers?.length !== count) {
    throw new VocabularyError(
      'VOCABULARY_INVALID',
      'a compact literal does not hold as many integers as its count says',
      documentUrl,
    );
  }
  return integers;
}

/** The integers of the bytes of `well:deltas`; undefined when the last one is open. */
function readBigIntegers(bytes: Uint8Array): bigint[] | undefined {
  const values: bigint[] = [];
  let value = 0n;
  let zigzag = 0n;
  let shift = 0n;
  for (const byte of bytes) {
    zigzag += BigInt(byte & 127) << shift;
    shift += 7n;
    // 40 bytes hold far more than any sum; a longer run of them only costs time.
    if (shift > 280n) return undefined;
    if (byte < 128) {
      value += (zigzag & 1n) === 0n ? zigzag >> 1n : -((zigzag + 1n) >> 1n);
      values.push(value);
      zigzag = 0n;
      shift = 0n;
    }
  }
  return shift === 0n ? values : undefined;
}

import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { DataFactory } from 'n3';
import {
  bigDeltaLiteral,
  deltaLiteral,
  readBigDeltaLiteral,
  readDeltaLiteral,
} from '../../../vocab/series/delta-literals.ts';
import { WELL } from '../../../vocab/index.ts';
import { seeded } from './arbitrary-series.ts';

const url = 'https://pod.example/wellness/heart-rate/a_2016-03.ttl';

/** The decoding that the ontology describes, word by word, with integers of any size. */
function decodedByTheBook(text: string, hasRuns: boolean): bigint[] {
  const naturals: bigint[] = [];
  let natural = 0n;
  let shift = 0n;
  for (const byte of Buffer.from(text, 'base64')) {
    natural += BigInt(byte % 128) * 2n ** shift;
    shift += 7n;
    if (byte < 128) {
      naturals.push(natural);
      natural = 0n;
      shift = 0n;
    }
  }
  const zigzags: bigint[] = [];
  for (let index = 0; index < naturals.length; index++) {
    const token = naturals[index] ?? 0n;
    const isRun = hasRuns && token % 2n === 1n;
    const times = isRun ? Number(naturals[++index]) : 1;
    for (let n = 0; n < times; n++) zigzags.push(hasRuns ? token / 2n : token);
  }
  let value = 0n;
  return zigzags.map((z) => (value += z % 2n === 0n ? z / 2n : -(z + 1n) / 2n));
}

describe('compact literals', () => {
  it.each([
    ['wgECAwDJAQ==', WELL.deltas, [97, 98, 96, 96, -5]],
    ['AQQVAw==', WELL.deltaRuns, [0, 0, 0, 0, 5, 10, 15]],
    ['', WELL.deltas, []],
  ])('read and write the example %s of the ontology', (text, datatype, values) => {
    const literal = deltaLiteral(Int32Array.from(values));
    expect([literal.value, literal.datatype.value]).toEqual([text, datatype.value]);
    const target = new Int32Array(values.length);
    readDeltaLiteral(literal, target, url);
    expect([...target]).toEqual(values);
  });

  it('say what the ontology describes, for any integers', () => {
    const integers = fc.array(
      fc.oneof(fc.integer(), fc.integer({ min: -3, max: 3 }), fc.constant(7)),
    );
    fc.assert(
      fc.property(integers, (values) => {
        const { value, datatype } = deltaLiteral(Int32Array.from(values));
        const hasRuns = datatype.equals(WELL.deltaRuns);
        expect(decodedByTheBook(value, hasRuns)).toEqual(values.map(BigInt));
      }),
      seeded,
    );
  });

  it('hold offsets beyond 32 bits', () => {
    const offsets = Float64Array.from([0, 2 ** 31, 2 ** 31 + 1, 2 ** 40, 2 ** 45]);
    const target = new Float64Array(offsets.length);
    readDeltaLiteral(deltaLiteral(offsets), target, url);
    expect(target).toEqual(offsets);
  });

  it('hold integers of any size where the ontology allows them', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(2n ** 120n), max: 2n ** 120n })), (values) => {
        const literal = bigDeltaLiteral(values);
        const read = readBigDeltaLiteral(literal, values.length, url);
        expect(read.map((value) => BigInt(value))).toEqual(values);
        expect(decodedByTheBook(literal.value, false)).toEqual(values);
      }),
      seeded,
    );
  });

  it.each([
    ['an integer too many', 'AAAA', WELL.deltas],
    ['an integer too few', 'AA==', WELL.deltas],
    ['an open integer', 'AIA=', WELL.deltas],
    ['an endless integer', 'gICAgICAgICAgICAgICA', WELL.deltas],
    ['a run past the end', 'AQM=', WELL.deltaRuns],
    ['a run of none', 'AQAAAA==', WELL.deltaRuns],
    ['a run without its length', 'AQ==', WELL.deltaRuns],
    ['a length without its padding', 'AAA', WELL.deltas],
  ])('are refused with %s', (_, text, datatype) => {
    const literal = DataFactory.literal(text, datatype);
    expect(() => readDeltaLiteral(literal, new Int32Array(2), url)).toThrow(url);
    expect(() => readBigDeltaLiteral(literal, 2, url)).toThrow(url);
  });
});

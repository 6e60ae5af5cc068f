import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  documentUrl,
  parseDocumentUrl,
  type DocumentRef,
} from '../../../apps/shared/catalog/index.ts';
import { signalNames } from '../../../vocab/index.ts';

const source = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,12}$/);
const signal = fc.constantFrom(...signalNames);
const year = fc.integer({ min: 1970, max: 2100 }).map(String);
const month = fc
  .tuple(year, fc.integer({ min: 1, max: 12 }))
  .map(([of, number]) => `${of}-${String(number).padStart(2, '0')}`);
const ref: fc.Arbitrary<DocumentRef> = fc.oneof(
  fc.record({ kind: fc.constant('series' as const), signal, source, month }),
  fc.record({ kind: fc.constantFrom('sleep' as const, 'stress' as const), source, month }),
  fc.record({ kind: fc.constant('daily-summary' as const), source, year }),
  fc.record({ kind: fc.constant('rollup' as const), signal, source, year }),
  fc.record({ kind: fc.constant('sensor' as const), source }),
);

describe('parseDocumentUrl', () => {
  it('reads back every name that documentUrl makes, which needs no encoding', () => {
    const storage = fc.constantFrom('https://pod.example/', 'https://pod.example/heart-rate/ada');
    fc.assert(
      fc.property(storage, ref, (storageUrl, written) => {
        const url = documentUrl(storageUrl, written);
        expect(parseDocumentUrl(url)).toEqual(written);
        expect(new URL(url).href).toBe(url);
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it.each([
    'https://pod.example/wellness/heart-rate/',
    'https://pod.example/wellness/heart-rate/mine.ttl',
    'https://pod.example/wellness/heart-rate/fitbit_2016.ttl',
    'https://pod.example/wellness/pulse/fitbit_2016-04.ttl',
    'https://pod.example/wellness/rollup/pulse_fitbit_2016.ttl',
    'https://pod.example/wellness/sensor/Fitbit.ttl',
    'https://pod.example/wellness/steps/fitbit_2016-04.ttl.acl',
  ])('knows nothing of %s', (url) => {
    expect(parseDocumentUrl(url)).toBeUndefined();
  });
});

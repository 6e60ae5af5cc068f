import { openMemoryPod } from '../../adapters/index.ts';
import { type PodFixture, boots } from './fixture.ts';

export const fixture: PodFixture = {
  host: 'memory',
  start: () => Promise.resolve({ root: 'https://pod.example/' }),
  stop: () => Promise.resolve(),
  connect: () => Promise.resolve({ owner: openMemoryPod() }),
};

export default boots(fixture);

import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { realDataFolder } from './real-data-folder.ts';

const inContinuousIntegration = ['1', 'true'].includes(process.env['CI'] ?? '');

const missing =
  `real exports are missing at ${realDataFolder}: set WELLPOD_REAL_DATA to a folder with ` +
  `fitbit/ (doi:10.5281/zenodo.53894) and empatica-e4/ (Stress-Predict, github.com/italha-d/Stress-Predict-Dataset)`;

/** True when the real exports are on this machine. */
export function hasRealData(): boolean {
  return existsSync(realDataFolder);
}

/**
 * The absolute path of a real file or folder, `realData('fitbit', 'sleepDay_merged.zip')`.
 * @throws Error when it is not on this machine.
 */
export function realData(...segments: readonly string[]): string {
  const path = join(realDataFolder, ...segments);
  if (segments.some((segment) => isAbsolute(segment)) || !existsSync(path)) {
    throw new Error(hasRealData() ? `no ${path}` : missing);
  }
  return path;
}

/**
 * A `describe` on real exports. Where they are absent it reports a skip that says how to get them,
 * and in CI a failure, so that a build can't go green by not looking.
 */
// oxlint-disable jest/valid-title, jest/valid-describe-callback -- titles and bodies are arguments here
export function describeRealData(name: string, body: () => void): void {
  if (hasRealData()) {
    describe(name, body);
    return;
  }
  describe(name, () => {
    if (inContinuousIntegration) {
      it('has the real exports', () => {
        expect(missing).toBeUndefined();
      });
    } else {
      // oxlint-disable-next-line jest/no-disabled-tests, jest/expect-expect
      it.skip(missing, () => undefined);
    }
  });
}

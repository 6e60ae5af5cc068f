import { accessSync, constants } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';

/** Where distributions put it; `CHROMIUM` names another. */
const candidates = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

const executablePath = candidates.find((path) => {
  if (path === undefined) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
});

/** Starts a headless Chromium that talks to nobody by itself. */
export function launchChromium(): Promise<Browser> {
  if (executablePath === undefined) throw new Error('No Chromium was found');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

// oxlint-disable jest/valid-title, jest/valid-describe-callback, jest/no-disabled-tests -- titles and bodies are arguments here
/** A suite that needs Chromium: a reported skip without it, and a failure in CI. */
export function describeInChromium(name: string, body: () => void): void {
  if (executablePath !== undefined) {
    describe(name, body);
    return;
  }
  const advice = 'needs Chromium: apt-get install chromium, or name one in CHROMIUM';
  if (process.env['CI'] === undefined) {
    describe.skip(`${name} (${advice})`, body);
    return;
  }
  describe(name, () => {
    it(advice, () => {
      expect(executablePath).toBeDefined();
    });
  });
}

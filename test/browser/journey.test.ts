import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { freePort } from '../../pod-fixtures/community-server/free-port.ts';
import { generateSamples } from '../../pod-fixtures/samples/generate-samples.ts';
import { csvRows, onlyFileInZip } from '../csv.ts';
import { type DemoProcess, startDemo } from '../demo-process.ts';
import { hasRealData, realData } from '../real-data.ts';
import { describeInChromium, launchChromium } from './chromium.ts';
import { ada, fillPassword, logIn } from './log-in.ts';
import { faultsOf } from './page-checks.ts';

/** What the demo imports by itself at its first start. */
const demoSeed = 20260310;

/** Kept, so that a person can look at every page after a run. */
const pictures = fileURLToPath(new URL('../artifacts/pages', import.meta.url));

describeInChromium('from an export to an insight, in a browser', () => {
  let demo: DemoProcess;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let folder: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wellpod-journey-'));
    demo = await startDemo({ port: await freePort(), folder });
    browser = await launchChromium();
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    context.setDefaultTimeout(60_000);
    page = await context.newPage();
    watch(page, complaints);
    await logIn(page, demo.url, ada);
  }, 240_000);

  afterAll(async () => {
    await browser.close();
    await demo.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  it('shows the day of the samples as their CSV tells it', async () => {
    const samples = join(folder, 'samples');
    const [fitbit] = await generateSamples({ seed: demoSeed, folder: samples });
    const csv = await readFile(join(fitbit?.path ?? '', 'dailyActivity_merged.csv'), 'utf8');
    const row = csvRows(csv).find(({ ActivityDate }) => ActivityDate === '3/13/2026');
    await page.goto(`${demo.url}?day=2026-03-13`);
    expect(digits(await cardText(page, 'Steps'))).toContain(row?.['TotalSteps']);
  }, 120_000);

  it('blends two signals that lie on different hosts', async () => {
    await page.goto(`${demo.url}blend`);
    const text = await page.locator('main').innerText();
    expect(text).toContain(`localhost:${demo.port + 1}`);
    expect(text).toContain(`localhost:${demo.port + 2}`);
    expect(text).toMatch(/n\s*=?\s*\d+|\d+ days/u);
  }, 120_000);

  it('answers an example query and says which documents it rests on', async () => {
    await page.goto(`${demo.url}query`);
    await page
      .locator('textarea')
      .fill(
        'SELECT ?day (AVG(?value) AS ?mean) WHERE { ?r a well:HeartRate ; well:day ?day ; ' +
          'sosa:hasSimpleResult ?value } GROUP BY ?day ORDER BY ?day',
      );
    await page.locator('textarea').press('Control+Enter');
    await page.getByRole('columnheader', { name: /day/u }).first().waitFor();
    const text = await page.locator('main').textContent();
    expect(text).toContain('2026-03-13');
    expect(text).toMatch(/rollup\/heart-rate_[^ ]+\.ttl/u);
  }, 120_000);

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 375],
    ['dark', 375],
  ] as const)(
    'is fit for everybody in %s at %i px',
    async (colorScheme, width) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      for (const path of ['?day=2026-03-18', 'trends', 'blend', 'query', 'upload', 'storage']) {
        await page.goto(`${demo.url}${path}`);
        const picture = `${path.replaceAll(/\W/gu, '')}-${colorScheme}-${width}.png`;
        await page.screenshot({ path: join(pictures, picture), fullPage: true });
        expect({ path, ...(await faultsOf(page)) }).toEqual({
          path,
          accessibility: [],
          overflowPx: 0,
        });
      }
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 1280, height: 900 });
    },
    180_000,
  );

  it('imports an uploaded export, and its steps stand on the day page', async () => {
    const upload = await exportToUpload(join(folder, 'upload'));
    await page.goto(`${demo.url}upload`);
    await page.locator('#files').setInputFiles([...upload.files]);
    await page.locator('#time-zone').selectOption('America/New_York');
    await page.getByRole('button', { name: 'Import into my pod' }).click();
    await page.waitForURL(/\/upload\/jobs\//u);
    const choice = page.getByLabel(upload.person, { exact: true });
    const done = page.getByRole('heading', { name: 'Imported' });
    await choice.or(done).waitFor();
    if (await choice.isVisible()) {
      await choice.check();
      await page.getByRole('button', { name: 'Import this person' }).click();
    }
    await done.waitFor();
    await page.goto(`${demo.url}?day=${upload.day}`);
    expect(digits(await cardText(page, 'Steps'))).toContain(upload.steps);
  }, 240_000);

  it('stays logged in when the process is killed and started again', async () => {
    await demo.kill();
    demo = await startDemo({ port: demo.port, folder });
    await page.goto(`${demo.url}?day=2026-03-13`);
    expect(await page.getByRole('heading', { name: 'Steps' }).count()).toBeGreaterThan(0);
  }, 120_000);

  it('tells a wrong password, a cancelled login and a log-out in plain words', async () => {
    const other = await browser.newContext();
    const stranger = await other.newPage();
    await stranger.goto(demo.url);
    await stranger.getByRole('button', { name: /^Ada\b/u }).click();
    await stranger.waitForURL(/\.account\//u);
    await fillPassword(stranger, { ...ada, password: 'wrong' });
    await stranger
      .getByText(/invalid|incorrect|wrong/iu)
      .first()
      .waitFor();
    await fillPassword(stranger, ada);
    await stranger.waitForURL(/oidc\/consent/u);
    await stranger.locator('#cancel').click();
    await stranger.waitForURL(`${demo.url}**`);
    await stranger.getByRole('heading', { name: 'You cancelled the login' }).waitFor();
    await other.close();

    await page.goto(demo.url);
    await page.locator('summary, button').filter({ hasText: 'Ada' }).first().click();
    await page.getByRole('button', { name: /log out/iu }).click();
    await page.goto(`${demo.url}trends`);
    expect(new URL(page.url()).pathname).toBe('/login');
  }, 180_000);

  it('never complained in the console, and asked no third party', () => {
    expect(complaints).toEqual([]);
  });
});

/** Collects what a visitor would see in the console, and requests that leave this machine. */
function watch(page: Page, complaints: string[]): void {
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== 'localhost') complaints.push(request.url());
  });
}

async function cardText(page: Page, title: string): Promise<string> {
  const card = page
    .locator('section, article')
    .filter({ has: page.getByRole('heading', { name: title, exact: true }) });
  return card.first().innerText();
}

/** The text without the separators that make large numbers readable. */
function digits(text: string): string {
  return text.replaceAll(/(?<=\d)[,.\u202F\u00A0 ](?=\d{3})/gu, '');
}

interface Upload {
  readonly files: readonly string[];
  readonly person: string;
  readonly day: string;
  /** Of that day, computed from the CSV by a route of its own. */
  readonly steps: string;
}

/** A real person's files where they are on this machine, else a synthetic month of a person not in the demo. */
async function exportToUpload(folder: string): Promise<Upload> {
  if (!hasRealData()) return syntheticUpload(folder);
  const person = '2022484408';
  const activity = realData('fitbit', 'dailyActivity_merged.zip');
  const row = csvRows(await onlyFileInZip(activity)).find(
    ({ Id, ActivityDate }) => Id === person && ActivityDate === '4/20/2016',
  );
  return {
    files: [
      activity,
      realData('fitbit', 'sleepDay_merged.zip'),
      realData('fitbit', 'minuteHeartRate_derived.zip'),
    ],
    person,
    day: '2016-04-20',
    steps: row?.['TotalSteps'] ?? '',
  };
}

async function syntheticUpload(folder: string): Promise<Upload> {
  const exports = await generateSamples({ seed: 7, folder, until: '2026-05-02' });
  const noor = exports.find(({ person, device }) => person.key === 'noor' && device === 'fitbit');
  const files = ['dailyActivity_merged.csv', 'sleepDay_merged.csv'].map((name) =>
    join(noor?.path ?? '', name),
  );
  const row = csvRows(await readFile(files[0] ?? '', 'utf8')).find(
    ({ ActivityDate }) => ActivityDate === '4/25/2026',
  );
  return {
    files,
    person: noor?.person.fitabaseId ?? '',
    day: '2026-04-25',
    steps: row?.['TotalSteps'] ?? '',
  };
}

import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { connectRoutes } from '../../../apps/connect/web/connect-routes.ts';
import type { RunImport } from '../../../apps/connect/web/import-job.ts';
import { openSpoolFolder, type ImportReport } from '../../../apps/connect/index.ts';
import { aPerson } from './people.ts';
import { withSite } from './running-site.ts';

/** An import that did something of everything. */
export const report: ImportReport = {
  name: 'Fitabase Data',
  timeZone: 'Europe/Paris',
  isDryRun: false,
  signals: [
    {
      signal: 'heart-rate',
      label: 'Heart rate',
      source: 'fitbit-1',
      added: 1440,
      duplicates: 2,
      conflicts: 1,
      days: 3,
      firstDay: '2016-04-12',
      lastDay: '2016-04-14',
    },
  ],
  sleepEpisodes: 2,
  stressEpisodes: 0,
  dailySummaries: 3,
  documentsWritten: 4,
  documentsUnchanged: 1,
  bytesRead: 1000,
  bytesWritten: 500,
  elapsedMs: 1200,
  skippedFiles: [{ path: '<b>odd</b>.csv', reason: 'not known' }],
  warnings: ['an hour is missing'],
};

/** A site with the upload pages, and what its spools hold. */
export interface Uploading {
  readonly baseUrl: string;
  /** Number of files that wait on disk. */
  spooled(): number;
  /** Posts the form as a browser does, and answers without following. */
  post(form: FormData | string, headers?: Record<string, string>): Promise<Response>;
  /** The page of a job once it no longer runs. */
  settled(response: Response): Promise<Document>;
}

/** What runs instead of a real import. */
export type Run = RunImport;

/** Runs `use` against the upload pages, whose imports `runImport` does. */
export async function withUpload(
  runImport: Run,
  use: (upload: Uploading) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'wellpod-upload-'));
  const currentPerson = ({ headers }: { headers: Record<string, unknown> }) =>
    headers['x-person'] === 'nobody'
      ? undefined
      : aPerson(headers['x-person'] === 'bob' ? { webId: 'https://bob.example/#me' } : {});
  const { router, close } = connectRoutes({
    currentPerson,
    runImport,
    openSpool: await openSpoolFolder(folder),
    timeZone: 'Europe/Brussels',
    limits: { maxFiles: 3, maxBytes: 1_000_000 },
  });
  await withSite({ routers: [router], currentPerson }, async (baseUrl) => {
    try {
      await use({
        baseUrl,
        spooled: () => readdirSync(folder).length,
        post: (body, headers = {}) =>
          fetch(`${baseUrl}/upload`, {
            method: 'POST',
            body,
            redirect: 'manual',
            headers: { origin: baseUrl, accept: 'text/html', ...headers },
          }),
        settled: (response) => settledPage(baseUrl, response),
      });
    } finally {
      await close();
      await rm(folder, { recursive: true });
    }
  });
}

async function settledPage(baseUrl: string, response: Response): Promise<Document> {
  const url = baseUrl + (response.headers.get('location') ?? '');
  const events = await fetch(`${url}/events`);
  await events.text();
  return parseHTML(await (await fetch(url, { headers: { accept: 'text/html' } })).text()).document;
}

/** The upload form, filled in. */
export function formWith(files: readonly [name: string, content: string][], fields = {}): FormData {
  const form = new FormData();
  const all = { storage: 'https://cloud.example/anna/', timeZone: 'Europe/Paris', ...fields };
  for (const [name, value] of Object.entries<string>(all)) form.set(name, value);
  for (const [name, content] of files) form.append('files', new Blob([content]), name);
  return form;
}

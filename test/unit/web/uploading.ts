import { parseHTML } from 'linkedom';
import { connectRoutes } from '../../../apps/connect/web/connect-routes.ts';
import type { ImportOrder, ImportReport } from '../../../apps/connect/web/import-ports.ts';
import { aPerson } from './people.ts';
import { MemorySpool } from './memory-spool.ts';
import { withSite } from './running-site.ts';

/** An import that did something of everything. */
export const report: ImportReport = {
  person: 'one',
  signals: [{ label: 'Heart rate', added: 1440, duplicates: 2, conflicts: 1 }],
  skippedFiles: [{ path: '<b>odd</b>.csv', reason: 'not known' }],
  warnings: ['an hour is missing'],
};

/** A site with the upload pages, and what its spools hold. */
export interface Uploading {
  readonly baseUrl: string;
  readonly spools: readonly MemorySpool[];
  /** Posts the form as a browser does, and answers without following. */
  post(form: FormData | string, headers?: Record<string, string>): Promise<Response>;
  /** The page of a job once it no longer runs. */
  settled(response: Response): Promise<Document>;
}

/** What runs instead of a real import. */
export type Run = (order: ImportOrder) => Promise<ImportReport>;

/** Runs `use` against the upload pages, whose imports `runImport` does. */
export async function withUpload(
  runImport: Run,
  use: (upload: Uploading) => Promise<void>,
): Promise<void> {
  const spools: MemorySpool[] = [];
  const currentPerson = ({ headers }: { headers: Record<string, unknown> }) =>
    headers['x-person'] === 'nobody'
      ? undefined
      : aPerson(headers['x-person'] === 'bob' ? { webId: 'https://bob.example/#me' } : {});
  const { router, close } = connectRoutes({
    currentPerson,
    runImport,
    openSpool: () => {
      const spool = new MemorySpool();
      spools.push(spool);
      return Promise.resolve(spool);
    },
    timeZone: 'Europe/Brussels',
    limits: { maxFiles: 3, maxTotalBytes: 1_000_000 },
  });
  await withSite({ routers: [router], currentPerson }, async (baseUrl) => {
    try {
      await use({
        baseUrl,
        spools,
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

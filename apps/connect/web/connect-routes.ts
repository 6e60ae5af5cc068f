import { randomUUID } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import type { Person } from '../../shared/person.ts';
import { htmlFor, type CurrentPerson } from '../../shared/web/html-handler.ts';
import { WebError } from '../../shared/web/problem.ts';
import {
  importExport,
  importTargetOf,
  tagReadings,
  type SpoolLimits,
  type TagReading,
  type UploadSpool,
} from '../index.ts';
import { connectAssets } from './connect-assets.ts';
import type { ImportJob, RunImport } from './import-job.ts';
import { ImportJobs } from './import-jobs.ts';
import { sendJobEvents } from './job-events.ts';
import { renderJobPage } from './job-page.tsx';
import { progressOf } from './job-progress.ts';
import { receiveUpload, type Upload } from './receive-upload.ts';
import { renderUploadPage } from './upload-page.tsx';

/** What the upload pages are put together from. */
export interface ConnectRoutesOptions {
  readonly currentPerson: CurrentPerson;
  readonly openSpool: (limits: SpoolLimits) => UploadSpool;
  /** Proposed until the browser names its own. */
  readonly timeZone: string;
  /** `importExport` when absent. */
  readonly runImport?: RunImport;
  readonly limits?: SpoolLimits;
  readonly nowMs?: () => number;
}

/** The upload pages, and the way to stop their jobs when the process ends. */
export interface ConnectRoutes {
  readonly router: Router;
  readonly close: () => Promise<void>;
}

const defaultLimits: SpoolLimits = { maxFiles: 20_000, maxBytes: 4 * 1024 ** 3 };
const jobLimits = { maxPerOwner: 20, keptMs: 24 * 3_600_000 };

/** Pages under `/upload`: choose an export, watch its import, read its report. */
export function connectRoutes(options: ConnectRoutesOptions): ConnectRoutes {
  const { currentPerson, timeZone, nowMs = Date.now } = options;
  const jobs = new ImportJobs(jobLimits, nowMs);
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 16 });

  router.use(connectAssets.router);
  router.get(
    '/upload',
    htmlFor(currentPerson, (person) =>
      renderUploadPage({ person, jobs: jobs.of(person.webId), timeZone }),
    ),
  );
  router.post(
    '/upload',
    htmlFor(currentPerson, async (person, request, response) => {
      const job = await startImport({ person, request, jobs, options });
      return answerWith(job, request, response);
    }),
  );
  const forJob = (answer: (job: ImportJob, person: Person, context: Context) => unknown) =>
    htmlFor(currentPerson, async (person, request, response) => {
      const id = request.params['id'];
      const job = typeof id === 'string' ? jobs.find(id, person.webId) : undefined;
      if (job === undefined) throw new WebError('WEB_IMPORT_UNKNOWN');
      const page = await answer(job, person, { request, response });
      return typeof page === 'string' ? page : undefined;
    });
  router.get(
    '/upload/jobs/:id',
    forJob((job, person, { request, response }) =>
      request.accepts(['html', 'json']) === 'json'
        ? response.json(progressOf(job))
        : renderJobPage(job, person),
    ),
  );
  router.get(
    '/upload/jobs/:id/events',
    forJob((job, _person, { response }) => sendJobEvents(job, response)),
  );
  router.post(
    '/upload/jobs/:id/person',
    form,
    forJob((job, _person, context) => choosePerson(job, context)),
  );
  router.post(
    '/upload/jobs/:id/cancel',
    forJob(async (job, _person, { response }) => {
      await job.cancel();
      response.redirect(303, jobPath(job));
    }),
  );
  return { router, close: () => jobs.close() };
}

interface Context {
  readonly request: Request;
  readonly response: Response;
}

interface StartContext {
  readonly person: Person;
  readonly request: Request;
  readonly jobs: ImportJobs;
  readonly options: ConnectRoutesOptions;
}

async function startImport({ person, request, jobs, options }: StartContext): Promise<ImportJob> {
  if (jobs.of(person.webId).some((job) => job.state.kind === 'running')) {
    request.resume();
    throw new WebError('WEB_IMPORT_RUNNING');
  }
  const { openSpool, runImport = importExport, limits = defaultLimits } = options;
  const spool = openSpool(limits);
  try {
    const upload = await receiveUpload(request, spool, limits);
    const storageUrl = upload.fields.get('storage') ?? '';
    const target = importTargetOf(person, storageUrl);
    if (target === undefined)
      throw new WebError('WEB_INVALID_INPUT', 'This storage is not one of yours.');
    return jobs.start({
      id: randomUUID(),
      owner: person.webId,
      name: exportName(upload),
      spool,
      target,
      targetName: person.pods.find((pod) => pod.storageUrl === storageUrl)?.name ?? storageUrl,
      timeZone: timeZoneOf(upload),
      tags: tagsOf(upload),
      run: runImport,
    });
  } catch (error) {
    await spool.discard();
    throw error;
  }
}

/** The folder all files share, the only file, or the first of many. */
export function exportName({ files }: Pick<Upload, 'files'>): string {
  const [first = 'export'] = files;
  if (files.length === 1) return first;
  const [folder] = first.split('/');
  if (folder !== first && files.every((path) => path.startsWith(`${folder}/`))) return `${folder}`;
  return `${first} and ${files.length - 1} more`;
}

function timeZoneOf({ fields }: Upload): string {
  const zone = fields.get('timeZone') ?? '';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new WebError('IMPORT_TIME_ZONE', `“${zone.slice(0, 64)}” is not a time zone we know.`);
  }
}

function tagsOf({ fields }: Upload): TagReading {
  const chosen = fields.get('tags') ?? tagReadings[0];
  const tags = tagReadings.find((reading) => reading === chosen);
  if (tags === undefined)
    throw new WebError('WEB_INVALID_INPUT', 'Marks can be moments, or start and end.');
  return tags;
}

function choosePerson(job: ImportJob, { request, response }: Context): void {
  const fields: Readonly<Record<string, unknown>> = request.body ?? {};
  const person = fields['person'];
  if (job.state.kind === 'choosing') {
    if (typeof person !== 'string' || !job.state.people.includes(person))
      throw new WebError('IMPORT_PERSON_UNKNOWN', 'Choose one of the people listed.');
    void job.start(person);
  }
  response.redirect(303, jobPath(job));
}

function answerWith(job: ImportJob, request: Request, response: Response): undefined {
  if (request.accepts(['html', 'json']) === 'json')
    response.status(201).location(jobPath(job)).json(progressOf(job));
  else response.redirect(303, jobPath(job));
}

function jobPath(job: ImportJob): string {
  return `/upload/jobs/${job.plan.id}`;
}

import type { JSX } from 'preact';
import type { Person } from '../../shared/person.ts';
import { Notice } from '../../shared/web/card.tsx';
import { renderPage } from '../../shared/web/page.tsx';
import type { Problem } from '../../shared/web/problem.ts';
import { connectAssets } from './connect-assets.ts';
import type { ImportJob } from './import-job.ts';
import { ImportReportView } from './import-report-view.tsx';
import { progressOf } from './job-progress.ts';

/** The page of one import: its progress, the question it asks, or how it ended. */
export function renderJobPage(job: ImportJob, person: Person): string {
  const { kind } = job.state;
  return renderPage({
    title: titles[kind],
    person,
    currentPath: '/upload',
    styles: [connectAssets.url('connect.css')],
    scripts: kind === 'running' ? [connectAssets.url('job.js')] : [],
    refreshSeconds: kind === 'running' ? 2 : undefined,
    children: (
      <div class="stack narrow">
        <div>
          <h1>{titles[kind]}</h1>
          <p class="lead">
            {job.plan.name} → {job.plan.targetName}
          </p>
        </div>
        <JobBody job={job} />
      </div>
    ),
  });
}

const titles = {
  running: 'Importing…',
  choosing: 'Whose data is it?',
  done: 'Imported',
  failed: 'The import did not work',
} as const;

function JobBody({ job }: { readonly job: ImportJob }): JSX.Element {
  const { state } = job;
  if (state.kind === 'done') return <ImportReportView report={state.report} />;
  if (state.kind === 'failed') return <Failure problem={state.problem} />;
  if (state.kind === 'choosing') return <PersonChoice job={job} people={state.people} />;
  return <Running job={job} />;
}

function Running({ job }: { readonly job: ImportJob }): JSX.Element {
  const { percent, words } = progressOf(job);
  return (
    <section class="card" data-job={job.plan.id}>
      <label for="progress">Progress</label>
      <progress id="progress" max={100} value={percent} data-job-bar>
        {percent === undefined ? 'starting' : `${percent} %`}
      </progress>
      <p class="muted" data-job-words>
        {words}
      </p>
      <p class="visually-hidden" role="status" data-job-status />
      <form method="post" action={`/upload/jobs/${job.plan.id}/cancel`}>
        <button class="button button-quiet" type="submit">
          Stop
        </button>
      </form>
      <p class="hint">You can leave this page: the import goes on, and is listed under Upload.</p>
    </section>
  );
}

interface PersonChoiceProps {
  readonly job: ImportJob;
  readonly people: readonly string[];
}

function PersonChoice({ job, people }: PersonChoiceProps): JSX.Element {
  return (
    <form class="card" method="post" action={`/upload/jobs/${job.plan.id}/person`}>
      <fieldset class="field">
        <legend>
          This export holds {people.length} people. Choose whose data goes into your pod.
        </legend>
        <div class="people">
          {people.map((person) => (
            <label key={person}>
              <input type="radio" name="person" value={person} required />
              {person}
            </label>
          ))}
        </div>
      </fieldset>
      <div class="actions">
        <button class="button" type="submit">
          Import this person
        </button>
        <button
          class="button button-quiet"
          type="submit"
          formAction={`/upload/jobs/${job.plan.id}/cancel`}
          formNoValidate
        >
          Import nothing
        </button>
      </div>
    </form>
  );
}

function Failure({ problem }: { readonly problem: Problem }): JSX.Element {
  return (
    <>
      <Notice tone={problem.code === 'IMPORT_CANCELLED' ? 'warn' : 'bad'} title={problem.title}>
        {problem.detail === undefined ? null : <p>{problem.detail}</p>}
        <p>{problem.advice}</p>
        <p class="small">Code: {problem.code}</p>
      </Notice>
      <div class="actions">
        <a class="button" href="/upload">
          Choose an export again
        </a>
      </div>
    </>
  );
}

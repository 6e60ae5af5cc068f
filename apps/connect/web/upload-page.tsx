import type { JSX } from 'preact';
import type { Person } from '../../shared/person.ts';
import { Card } from '../../shared/web/card.tsx';
import { LocalTime } from '../../shared/web/local-time.tsx';
import { renderPage } from '../../shared/web/page.tsx';
import { connectAssets } from './connect-assets.ts';
import { tagReadings, type TagReading } from '../index.ts';
import type { ImportJob, JobState } from './import-job.ts';

interface UploadPageProps {
  readonly person: Person;
  /** Newest first. */
  readonly jobs: readonly ImportJob[];
  /** Chosen in the list until the browser names its own zone. */
  readonly timeZone: string;
}

/** The page where an export is chosen and sent; a plain form where no script runs. */
export function renderUploadPage({ person, jobs, timeZone }: UploadPageProps): string {
  return renderPage({
    title: 'Upload',
    person,
    currentPath: '/upload',
    styles: [connectAssets.url('connect.css')],
    scripts: [connectAssets.url('upload.js')],
    children: (
      <div class="stack narrow">
        <div>
          <h1>Upload an export</h1>
          <p class="lead">
            Fitbit (the Fitabase CSV files) or Empatica E4: single files, a folder, or a zip. The
            readings go straight into your pod; the same file twice changes nothing.
          </p>
        </div>
        <div data-upload-error />
        <UploadForm person={person} timeZone={timeZone} />
        {jobs.length === 0 ? null : <RecentImports jobs={jobs} />}
      </div>
    ),
  });
}

function UploadForm({ person, timeZone }: Omit<UploadPageProps, 'jobs'>): JSX.Element {
  return (
    <form
      class="card upload-form"
      method="post"
      action="/upload"
      encType="multipart/form-data"
      data-upload
    >
      <StorageField person={person} />
      <div class="field">
        <label for="time-zone">Time zone you wore the device in</label>
        <select id="time-zone" name="timeZone" data-own-zone aria-describedby="time-zone-hint">
          {timeZones(timeZone).map((zone) => (
            <option key={zone} value={zone} selected={zone === timeZone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
        <p class="hint" id="time-zone-hint">
          Fitbit writes times without a zone, so we have to ask.
        </p>
      </div>
      <div class="field">
        <label for="tags">Marks made with the Empatica button</label>
        <select id="tags" name="tags" aria-describedby="tags-hint">
          {tagReadings.map((reading) => (
            <option key={reading} value={reading}>
              {tagWords[reading]}
            </option>
          ))}
        </select>
        <p class="hint" id="tags-hint">
          The wristband notes only that its button was pressed. Choose start and end if it was
          pressed twice for each time of stress. Without an Empatica this changes nothing.
        </p>
      </div>
      <fieldset class="field">
        <legend>Your export</legend>
        <div class="choosers">
          <div class="chooser">
            <label for="files">Files or a zip</label>
            <input id="files" name="files" type="file" multiple accept=".csv,.zip,.txt,.CSV,.ZIP" />
          </div>
          <div class="chooser">
            <label for="folder">A whole folder</label>
            <input id="folder" name="files" type="file" multiple {...{ webkitdirectory: true }} />
          </div>
        </div>
        <p class="hint" data-chosen role="status" />
      </fieldset>
      <div class="upload-progress" data-progress hidden>
        <label for="sent" data-progress-label>
          Sending
        </label>
        <progress id="sent" max={100} value={0} />
      </div>
      <div class="actions">
        <button class="button" type="submit" data-submit>
          Import into my pod
        </button>
      </div>
    </form>
  );
}

const tagWords: Readonly<Record<TagReading, string>> = {
  moments: 'single moments',
  'start-and-end': 'start and end of stress',
};

function StorageField({ person }: { readonly person: Person }): JSX.Element {
  const [only] = person.pods;
  if (person.pods.length === 1 && only !== undefined)
    return (
      <p>
        <span class="label">Goes to</span> {only.name}{' '}
        <span class="muted small">{only.storageUrl}</span>
        <input type="hidden" name="storage" value={only.storageUrl} />
      </p>
    );
  return (
    <div class="field">
      <label for="storage">Storage it goes to</label>
      <select id="storage" name="storage">
        {person.pods.map(({ name, storageUrl }) => (
          <option
            key={storageUrl}
            value={storageUrl}
            selected={storageUrl === person.chosenStorage}
          >
            {`${name} – ${storageUrl}`}
          </option>
        ))}
      </select>
    </div>
  );
}

function RecentImports({ jobs }: { readonly jobs: readonly ImportJob[] }): JSX.Element {
  return (
    <Card title="Recent imports">
      <ul class="recent">
        {jobs.map((job) => (
          <li key={job.plan.id}>
            <a href={`/upload/jobs/${job.plan.id}`}>{job.plan.name}</a>
            <span class="muted small">
              {stateWords[job.state.kind]} · <LocalTime date={new Date(job.startedMs)} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const stateWords: Readonly<Record<JobState['kind'], string>> = {
  running: 'running',
  choosing: 'waits for your choice',
  done: 'done',
  failed: 'did not work',
};

/** The zones this machine knows, and the chosen one, which `Intl` may know by another name only. */
function timeZones(chosen: string): readonly string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', chosen])].toSorted();
}

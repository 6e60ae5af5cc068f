// Sends the form with a progress bar; without it the browser sends the form as it is.

interface ProblemDetails {
  readonly title?: string;
  readonly detail?: string;
}

const form = document.querySelector<HTMLFormElement>('form[data-upload]');
const zone = document.querySelector<HTMLSelectElement>('[data-own-zone]');
const chosen = document.querySelector<HTMLElement>('[data-chosen]');
const errors = document.querySelector<HTMLElement>('[data-upload-error]');
const progress = document.querySelector<HTMLElement>('[data-progress]');
const bar = progress?.querySelector('progress');
const label = document.querySelector<HTMLElement>('[data-progress-label]');
const submit = document.querySelector<HTMLButtonElement>('[data-submit]');

function proposeOwnZone(): void {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone !== null && [...zone.options].some(({ value }) => value === own)) zone.value = own;
}

function files(): readonly File[] {
  const inputs = form?.querySelectorAll<HTMLInputElement>('input[type=file]') ?? [];
  return [...inputs].flatMap((input) => [...(input.files ?? [])]);
}

function showChosen(): void {
  if (chosen === null) return;
  const all = files();
  const bytes = all.reduce((sum, { size }) => sum + size, 0);
  const count = all.length === 1 ? '1 file' : `${all.length} files`;
  chosen.textContent = all.length === 0 ? '' : `${count}, ${byteWords(bytes)}`;
}

function byteWords(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

function showError(title: string, detail: string): void {
  if (errors === null) return;
  const notice = document.createElement('div');
  notice.className = 'notice notice-bad';
  notice.setAttribute('role', 'alert');
  const text = document.createElement('div');
  const strong = document.createElement('strong');
  strong.textContent = title;
  const paragraph = document.createElement('p');
  paragraph.textContent = detail;
  text.append(strong, paragraph);
  notice.append(text);
  errors.replaceChildren(notice);
  errors.scrollIntoView({ block: 'nearest' });
}

function setSending(sending: boolean): void {
  if (submit !== null) submit.disabled = sending;
  if (progress !== null) progress.hidden = !sending;
}

function send(target: HTMLFormElement): void {
  const body = new FormData(target);
  body.delete('files');
  for (const file of files()) body.append('files', file, file.webkitRelativePath || file.name);
  const request = new XMLHttpRequest();
  const startedMs = performance.now();
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    if (bar === undefined || bar === null || label === null || total === 0) return;
    bar.value = (loaded / total) * 100;
    const leftMs = ((performance.now() - startedMs) / loaded) * (total - loaded);
    const left = leftMs > 1000 ? `, about ${Math.round(leftMs / 1000)} s left` : '';
    label.textContent =
      loaded < total
        ? `Sending ${byteWords(loaded)} of ${byteWords(total)}${left}`
        : 'Checking the files';
  });
  request.addEventListener('load', () => finish(request));
  request.addEventListener('error', () => {
    setSending(false);
    showError('The connection broke off', 'Check that Wellpod still runs, then send it again.');
  });
  request.open('POST', target.action);
  request.setRequestHeader('Accept', 'application/json');
  request.send(body);
}

function finish(request: XMLHttpRequest): void {
  const page = request.getResponseHeader('Location');
  if (request.status === 201 && page !== null) {
    location.assign(page);
    return;
  }
  setSending(false);
  const { title, detail } = problemIn(request.responseText);
  showError(
    title ?? 'The upload did not work',
    detail ?? 'Load this page again, then send it again.',
  );
}

/** A login page, or whatever stands before us, answers with something else than a problem. */
function problemIn(text: string): ProblemDetails {
  try {
    const details: ProblemDetails = JSON.parse(text);
    return details;
  } catch {
    return {};
  }
}

proposeOwnZone();
form?.addEventListener('change', showChosen);
form?.addEventListener('submit', (event) => {
  event.preventDefault();
  errors?.replaceChildren();
  if (files().length === 0) {
    showError('No file was chosen', 'Choose the files of your export, its folder, or its zip.');
    return;
  }
  setSending(true);
  send(form);
});

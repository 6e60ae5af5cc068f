// Shows a running import as it goes on; without it the page refreshes itself.

interface Progress {
  readonly kind: string;
  readonly percent?: number;
  readonly words: string;
}

const card = document.querySelector<HTMLElement>('[data-job]');
const bar = document.querySelector<HTMLProgressElement>('[data-job-bar]');
const words = document.querySelector<HTMLElement>('[data-job-words]');
const status = document.querySelector<HTMLElement>('[data-job-status]');
let spokenTenth = -1;

function show({ kind, percent, words: text }: Progress): void {
  if (kind !== 'running') {
    location.reload();
    return;
  }
  if (bar !== null && percent !== undefined) bar.value = percent;
  if (words !== null) words.textContent = text;
  const tenth = Math.floor((percent ?? 0) / 10);
  // Read aloud once in ten percent, not four times a second.
  if (status !== null && tenth !== spokenTenth) status.textContent = `${tenth * 10} % imported`;
  spokenTenth = tenth;
}

async function poll(): Promise<void> {
  try {
    const response = await fetch(location.pathname, { headers: { accept: 'application/json' } });
    if (!response.ok) {
      location.reload();
      return;
    }
    const progress: Progress = await response.json();
    show(progress);
  } catch {
    if (words !== null) words.textContent = 'Waiting for Wellpod to answer again…';
  }
  setTimeout(() => void poll(), 2000);
}

if (card !== null) {
  const events = new EventSource(`${location.pathname}/events`);
  events.addEventListener('message', ({ data }) => {
    const progress: Progress = JSON.parse(String(data));
    show(progress);
  });
  events.addEventListener('error', () => {
    events.close();
    void poll();
  });
}

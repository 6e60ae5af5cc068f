import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseHTML } from 'linkedom';
import { openMemoryPod, PodError, type PodAdapter } from '../../../adapters/index.ts';
import { openSpoolFolder } from '../../../apps/connect/index.ts';
import { connectRoutes } from '../../../apps/connect/web/connect-routes.ts';
import { insightsRoutes } from '../../../apps/insights/pages/insights-routes.ts';
import { createQuery, inProcessEngine } from '../../../apps/shared/query/index.ts';
import type { Person } from '../../../apps/shared/person.ts';
import { aPerson } from './people.ts';
import { withSite } from './running-site.ts';

const home = 'https://home.example/anna/';

/** Two days of one person, as Fitabase writes them: a heart rate and steps for some minutes. */
const days = ['4/12/2016', '4/13/2016'] as const;
const minutes = Array.from({ length: 40 }, (_, minute) => minute);
const beats = (day: number, minute: number): number => 60 + 10 * day + (minute % 7);

const exports = {
  'heartrate_seconds_merged.csv': [
    'Id,Time,Value',
    ...days.flatMap((day, index) =>
      minutes.map(
        (minute) =>
          `1503960366,${day} 7:${String(minute).padStart(2, '0')}:00 AM,${beats(index, minute)}`,
      ),
    ),
  ],
  'minuteStepsNarrow_merged.csv': [
    'Id,ActivityMinute,Steps',
    ...days.flatMap((day) =>
      minutes.map(
        (minute) => `1503960366,${day} 7:${String(minute).padStart(2, '0')}:00 AM,${minute}`,
      ),
    ),
  ],
};

const broken: PodAdapter = new Proxy(openMemoryPod(), {
  get(target, name, receiver) {
    const value: unknown = Reflect.get(target, name, receiver);
    if (typeof value !== 'function') return value;
    return () => {
      throw new PodError('POD_UNAVAILABLE', 'no answer');
    };
  },
});

const pods = [{ name: 'Home', storageUrl: home, pod: openMemoryPod() }];
const brokenPod = { name: 'Cloud', storageUrl: 'https://cloud.example/anna/', pod: broken };
const query = createQuery({ engine: inProcessEngine() });
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wellpod-pages-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function withPages(
  person: Person,
  use: (page: (path: string, init?: RequestInit) => Promise<Document>) => Promise<void>,
): Promise<void> {
  const currentPerson = () => person;
  const connect = connectRoutes({
    currentPerson,
    openSpool: await openSpoolFolder(folder),
    timeZone: 'UTC',
  });
  const routers = [connect.router, insightsRoutes({ currentPerson, query })];
  await withSite({ routers, currentPerson }, async (baseUrl) => {
    await use(async (path, init = {}) => {
      const headers = { accept: 'text/html', origin: baseUrl };
      const response = await fetch(baseUrl + path, { headers, ...init });
      return parseHTML(await response.text()).document;
    });
    await connect.close();
  });
}

function figure(card: Element | null, label: string): string | undefined {
  const name = [...(card?.querySelectorAll('dt') ?? [])].find((dt) => dt.textContent === label);
  return name?.nextElementSibling?.textContent ?? undefined;
}

async function upload(page: (path: string, init?: RequestInit) => Promise<Document>) {
  const form = new FormData();
  form.set('storage', home);
  form.set('timeZone', 'Europe/Brussels');
  for (const [name, lines] of Object.entries(exports))
    form.append('files', new Blob([`${lines.join('\r\n')}\r\n`]), name);
  let document = await page('/upload', { method: 'POST', body: form });
  while (document.querySelector('h1')?.textContent === 'Importing…') {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const id = document.querySelector<HTMLElement>('[data-job]')?.dataset['job'] ?? '';
    document = await page(`/upload/jobs/${id}`);
  }
  return document;
}

describe('before anything was imported', () => {
  it.each(['/', '/trends', '/blend'])('%s says what to do', async (path) => {
    const person = aPerson({ pods: [{ ...brokenPod, pod: openMemoryPod() }] });
    await withPages(person, async (page) => {
      const document = await page(path);
      expect(document.querySelector('.empty h2')?.textContent).toBe('No readings yet');
      expect(document.querySelector('.empty a')?.getAttribute('href')).toBe('/upload');
    });
  });
});

describe('an uploaded export', () => {
  it('is in the pod, and the second time changes nothing', async () => {
    await withPages(aPerson({ pods }), async (page) => {
      const first = await upload(page);
      expect(figure(first.querySelector('main'), 'Readings added')).toBe('160');
      const again = await upload(page);
      expect(again.querySelector('.notice strong')?.textContent).toBe(
        'Everything was already there',
      );
      expect(figure(again.querySelector('main'), 'Already there')).toBe('160');
    });
  });

  it('shows on its day, with the values that the file holds', async () => {
    await withPages(aPerson({ pods }), async (page) => {
      const document = await page('/?day=2016-04-13');
      expect(document.querySelector('h1')?.textContent).toBe('Wednesday 13 April 2016');
      const heart = document.querySelector('.signal-heart');
      const values = minutes.map((minute) => beats(1, minute));
      expect(figure(heart, 'Lowest')).toBe(`${Math.min(...values)}bpm`);
      expect(figure(heart, 'Highest')).toBe(`${Math.max(...values)}bpm`);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(figure(heart, 'Mean')).toBe(`${mean.toFixed(0)}bpm`);
      expect(heart?.querySelector('.basis p')?.textContent).toBe('n = 40 readings');
      const rows = [...(heart?.querySelectorAll('.chart-figure tbody tr') ?? [])];
      expect(rows.map((row) => row.querySelector('th')?.textContent)).toEqual([
        '07:00–07:10',
        '07:10–07:20',
        '07:20–07:30',
        '07:30–07:40',
      ]);
      const steps = document.querySelector('.signal-steps');
      expect(figure(steps, 'Total')).toBe('780');
      expect(document.querySelector('[rel=prev]')?.getAttribute('href')).toBe('/?day=2016-04-12');
      expect(document.querySelector('[rel=next]')).toBeNull();
    });
  });

  it('says on each card what it rests on, and opens its query', async () => {
    await withPages(aPerson({ pods }), async (page) => {
      const document = await page('/');
      for (const card of document.querySelectorAll('main .card')) {
        expect(card.querySelector('.basis')?.textContent).toContain('How this is computed');
        expect(card.querySelector('.basis')?.textContent).toContain('Source:');
      }
      const link = document.querySelector('.asked a')?.getAttribute('href') ?? '';
      const opened = await page(link);
      expect(opened.querySelector('textarea')?.textContent).toContain('well:HeartRate');
    });
  });

  it('is shown in part, and said to be, when another pod is down', async () => {
    await withPages(aPerson({ pods: [...pods, brokenPod] }), async (page) => {
      for (const path of ['/', '/trends', '/blend']) {
        const document = await page(path);
        expect(document.querySelector('.notice-warn strong')?.textContent).toContain('Cloud');
        expect(document.querySelector('.card')).not.toBeNull();
      }
    });
  });

  it('has a page of its own when no pod answers', async () => {
    await withPages(aPerson({ pods: [brokenPod] }), async (page) => {
      const document = await page('/');
      expect(document.querySelector('h1')?.textContent).toBe('None of your pods answers');
    });
  });

  it('is an empty day where nothing was measured, and the last one where the day is no day', async () => {
    await withPages(aPerson({ pods }), async (page) => {
      const document = await page('/?day=2016-04-20');
      expect(document.querySelector('.signal-heart')?.textContent).toContain(
        'No heart rate was measured',
      );
      const latest = await page('/?day=%22%3E%3Cscript%3E');
      expect(latest.querySelector('h1')?.textContent).toBe('Wednesday 13 April 2016');
    });
  });
});

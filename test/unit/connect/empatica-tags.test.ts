import { describe, expect, it } from '@jest/globals';
import type { PersonData } from '../../../apps/connect/person-data.ts';
import { readExport } from '../../../apps/connect/read-export.ts';
import { exportOf } from './export-in-memory.ts';

describe('presses of the button of an Empatica E4', () => {
  const start = 1_644_226_140;
  const tagged = (seconds: readonly number[], tags?: 'moments' | 'start-and-end') =>
    readExport(
      exportOf({ 'S01/tags.csv': seconds.map((each) => `${start + each}\r\n`).join('') }),
      {
        timeZone: 'Europe/Brussels',
        ...(tags && { tags }),
      },
    );
  const spans = ({ stress }: PersonData) =>
    stress.map(({ startMs, endMs }) => [startMs / 1000 - start, (endMs - startMs) / 1000]);

  it('are moments unless told otherwise, and the report says so', async () => {
    const { data } = await tagged([0, 600]);
    expect(spans(data)).toEqual([
      [0, 1],
      [600, 1],
    ]);
    expect(data.warnings.join()).toMatch(/read as single moments .* import again with that choice/);
  });

  it('are start and end two by two, in the order of time', async () => {
    const { data } = await tagged([900, 0, 600, 1000.5, 600], 'start-and-end');
    expect(spans(data)).toEqual([
      [0, 600],
      [900, 100.5],
    ]);
    expect(data.warnings).toHaveLength(1);
    expect(data.warnings[0]).toMatch(/two by two, .* single moments instead/);
  });

  it('stay moments where no other ends them, with a warning', async () => {
    const { data } = await tagged([0, 8000, 8600, 9000], 'start-and-end');
    expect(spans(data)).toEqual([
      [0, 1],
      [8000, 600],
      [9000, 1],
    ]);
    expect(data.warnings[0]).toContain('its last mark has no other to end it');
    expect(data.warnings[1]).toContain('more than 2 hours before the next one');
    expect(data.warnings[1]).toMatch(/: 1\.$/);
  });

  it('are paired within their session', async () => {
    const { data } = await readExport(
      exportOf({
        '1644226061_A01B6F/tags.csv': `${start}\n${start + 60}\n${start + 90}\n`,
        '1644227061_A01B6F/tags.csv': `${start + 1000}\n${start + 1300}\n`,
      }),
      { timeZone: 'Europe/Brussels', tags: 'start-and-end' },
    );
    expect(spans(data)).toEqual([
      [0, 60],
      [90, 1],
      [1000, 300],
    ]);
  });
});

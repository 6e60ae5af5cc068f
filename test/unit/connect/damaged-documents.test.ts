import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { openMemoryPod, PodError, type PodAdapter } from '../../../adapters/index.ts';
import {
  importExport,
  type ImportOptions,
  type ImportReport,
} from '../../../apps/connect/index.ts';
import { exportOf } from './export-in-memory.ts';
import { april, contents, files, header, may, storageUrl } from './small-export.ts';

const options: ImportOptions = { timeZone: 'Europe/Brussels', wait: () => Promise.resolve() };
const path = 'wellness/steps/fitbit-7_2016-04.ttl';
const older = { 'a.csv': `${header}7,4/10/2016 12:00:00 AM,8\n` };

type Input = Readonly<Record<string, string>>;

const imports = (pod: PodAdapter, input: Input): Promise<ImportReport> =>
  importExport(exportOf(input), { pod, storageUrl }, options);

async function imported(...inputs: readonly Input[]): Promise<Record<string, string>> {
  const pod = openMemoryPod();
  for (const input of inputs) await imports(pod, input);
  return contents(pod);
}

async function put(pod: PodAdapter, at: string, text: string, contentType = 'text/turtle') {
  await pod.write(storageUrl + at, { bytes: new TextEncoder().encode(text), contentType });
}

/** Where a text must be kept, worked out apart from the code under test. */
function copyPath(of: string, text: string): string {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return `wellness/damaged/${of.split('/').slice(1).join('_').replace('.ttl', '')}_${sha256.slice(0, 16)}.txt`;
}

/** A pod that answers for one document as told, by the number of the reading. */
function answering(
  inner: PodAdapter,
  of: string,
  answer: (text: string, reading: number) => string | undefined,
): PodAdapter {
  let readings = 0;
  return {
    ...inner,
    async read(url, call) {
      const found = await inner.read(url, call);
      if (url !== storageUrl + of) return found;
      readings += 1;
      const text = answer(await new Response(found.bytes()).text(), readings);
      const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({
        pull: (controller) => controller.error(new PodError('POD_UNAVAILABLE', 'broke off')),
      });
      return {
        ...found,
        bytes: () => (text === undefined ? broken : new Blob([text]).stream()),
      };
    },
  };
}

const half = (text: string): string => text.slice(0, text.length / 2);

describe('an answer that is not whole', () => {
  it.each([1, 2, 3])('is asked for again, %d times', async (times) => {
    const inner = openMemoryPod();
    await imports(inner, older);
    const pod = answering(inner, path, (text, reading) => (reading <= times ? half(text) : text));
    const report = await imports(pod, { 'a.csv': header + april });
    expect(report.warnings).toEqual([]);
    expect(await contents(inner)).toEqual(await imported(older, { 'a.csv': header + april }));
  });

  it('is asked for again when it breaks off', async () => {
    const inner = openMemoryPod();
    await imports(inner, older);
    const pod = answering(inner, path, (text, reading) => (reading <= 3 ? undefined : text));
    await imports(pod, { 'a.csv': header + april });
    expect(await contents(inner)).toEqual(await imported(older, { 'a.csv': header + april }));
  });

  it('stops the import when it differs each time, and nothing is written', async () => {
    const inner = openMemoryPod();
    await imports(inner, older);
    const before = await contents(inner);
    const pod = answering(inner, path, (text, reading) => text.slice(0, 40 * reading));
    const failure = imports(pod, { 'a.csv': header + april });
    await expect(failure).rejects.toMatchObject({ code: 'IMPORT_POD_UNREACHABLE' });
    expect(await contents(inner)).toEqual(before);
  });

  it('stops the import when it breaks off every time', async () => {
    const inner = openMemoryPod();
    await imports(inner, older);
    const before = await contents(inner);
    const failure = imports(
      answering(inner, path, () => undefined),
      { 'a.csv': header + april },
    );
    await expect(failure).rejects.toMatchObject({ code: 'IMPORT_POD_UNREACHABLE' });
    expect(await contents(inner)).toEqual(before);
  });
});

describe('a damaged document in the pod', () => {
  it('is kept aside to the byte before it is made anew', async () => {
    const pod = openMemoryPod();
    await imports(pod, older);
    const torn = half((await contents(pod))[path] ?? '');
    await put(pod, path, torn);
    const report = await imports(pod, { 'a.csv': header + april });
    const found = await contents(pod);
    expect(found[copyPath(path, torn)]).toBe(torn);
    expect((await pod.read(storageUrl + copyPath(path, torn))).contentType).toBe('text/plain');
    const { [copyPath(path, torn)]: _, ...rest } = found;
    expect(rest).toEqual(await imported({ 'a.csv': header + april }));
    expect(report.warnings.join()).toContain(`${path} in your pod was cut short`);
    expect(report.warnings.join()).toContain(copyPath(path, torn));
    expect((await imports(pod, { 'a.csv': header + april })).warnings).toEqual([]);
  });

  it('gives its readings when only its digest is wrong', async () => {
    const pod = openMemoryPod();
    await imports(pod, older);
    const text = (await contents(pod))[path] ?? '';
    const touched = `${text.replace(/"[0-9a-f]{64}"/, '"0000"')}<> <urn:note> [ <urn:by> "me" ] .\n`;
    await put(pod, path, touched);
    const report = await imports(pod, { 'a.csv': header + april });
    const found = await contents(pod);
    expect(found[copyPath(path, touched)]).toBe(touched);
    const { [copyPath(path, touched)]: _, ...rest } = found;
    expect(rest).toEqual(await imported(older, { 'a.csv': header + april }));
    expect(report.warnings.join()).toContain('All that could be read of it was taken over.');
  });

  it('gives its readings when only the digest was cut off', async () => {
    const pod = openMemoryPod();
    await imports(pod, older);
    await put(pod, path, ((await contents(pod))[path] ?? '').slice(0, -40));
    await imports(pod, { 'a.csv': header + april });
    const whole = await imported(older, { 'a.csv': header + april });
    expect((await contents(pod))[path]).toBe(whole[path]);
  });

  it('stays as it is when there is no room for the copy, or none is given back', async () => {
    const inner = openMemoryPod();
    await imports(inner, older);
    const torn = half((await contents(inner))[path] ?? '');
    await put(inner, path, torn);
    const full: PodAdapter = {
      ...inner,
      write: (url, body, call) =>
        url.includes('/damaged/')
          ? Promise.reject(new PodError('POD_FULL', 'no room'))
          : inner.write(url, body, call),
    };
    await expect(imports(full, { 'a.csv': header + april })).rejects.toMatchObject({
      code: 'IMPORT_POD_FULL',
    });
    expect((await contents(inner))[path]).toBe(torn);
    const forgetful = answering(inner, copyPath(path, torn), () => 'something else');
    await expect(imports(forgetful, { 'a.csv': header + april })).rejects.toMatchObject({
      code: 'IMPORT_POD_UNREACHABLE',
    });
    expect((await contents(inner))[path]).toBe(torn);
  });

  it('is neither kept nor replaced in a dry run, which says what would be', async () => {
    const pod = openMemoryPod();
    await imports(pod, older);
    const torn = half((await contents(pod))[path] ?? '');
    await put(pod, path, torn);
    const before = await contents(pod);
    const report = await importExport(
      exportOf({ 'a.csv': header + april }),
      { pod, storageUrl },
      { ...options, dryRun: true },
    );
    expect(report.warnings.join()).toContain(copyPath(path, torn));
    expect(await contents(pod)).toEqual(before);
  });

  it('leaves statistics of all months, when those of a year are damaged', async () => {
    const pod = openMemoryPod();
    const rollup = 'wellness/rollup/steps_fitbit-7_2016.ttl';
    await imports(pod, { 'a.csv': header + april });
    const torn = half((await contents(pod))[rollup] ?? '');
    await put(pod, rollup, torn);
    await imports(pod, { 'a.csv': header + may });
    const { [copyPath(rollup, torn)]: copy, ...rest } = await contents(pod);
    expect(copy).toBe(torn);
    expect(rest).toEqual(await imported({ 'a.csv': header + april + may }));
  });

  it.each(Object.keys(files))('is kept whatever it is of: %s', async (name) => {
    const input = { [name]: files[name as keyof typeof files] };
    const pod = openMemoryPod();
    await imports(pod, input);
    const whole = await contents(pod);
    const kept = Object.entries(whole).map(([at, text]) => [copyPath(at, half(text)), half(text)]);
    for (const [at, text] of Object.entries(whole)) await put(pod, at, half(text));
    await imports(pod, input);
    expect(await contents(pod)).toEqual({ ...whole, ...Object.fromEntries(kept) });
  });
});

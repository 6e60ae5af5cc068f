import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClientCredentials } from '../../../pod-fixtures/community-server/client-credentials.ts';
import { freePort } from '../../../pod-fixtures/community-server/free-port.ts';
import { importProviderItself } from '../../../pod-fixtures/community-server/provider-import.ts';
import {
  type CommunityServer,
  startCommunityServer,
} from '../../../pod-fixtures/community-server/start.ts';
import {
  type SampleExport,
  generateSamples,
} from '../../../pod-fixtures/samples/generate-samples.ts';
import { type CommandResult, wellpod } from '../../wellpod-command.ts';

const login = { email: 'ada@pods.example', password: 'the password of ada' };
const dailyMean =
  'SELECT ?day (AVG(?bpm) AS ?mean) (COUNT(?bpm) AS ?n) WHERE { ?r a well:HeartRate ; well:day ?day ; sosa:hasSimpleResult ?bpm } GROUP BY ?day ORDER BY ?day';

let server: CommunityServer;
let folder: string;
let fitbit: SampleExport | undefined;
let environment: Record<string, string>;

beforeAll(async () => {
  importProviderItself();
  folder = await mkdtemp(join(tmpdir(), 'wellpod-cli-'));
  [fitbit] = await generateSamples({ seed: 5, folder: join(folder, 'samples') });
  server = await startCommunityServer({
    access: 'acp',
    accounts: [{ ...login, pods: [{ name: 'ada', personName: 'Ada' }] }],
  });
  const webId = `${server.baseUrl}ada/profile/card#me`;
  const { id, secret } = await createClientCredentials({
    ...login,
    baseUrl: server.baseUrl,
    webId,
  });
  environment = {
    WELLPOD_HOME: join(folder, 'home'),
    WELLPOD_ISSUER: server.baseUrl,
    WELLPOD_CLIENT_ID: id,
    WELLPOD_CLIENT_SECRET: secret,
    WELLPOD_WEBID: webId,
  };
}, 120_000);

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const run = (...args: string[]): Promise<CommandResult> => wellpod(args, environment);
const importArgs = (): string[] => [
  'import',
  fitbit?.path ?? '',
  '--time-zone',
  'Europe/Brussels',
  '--json',
];

describe('wellpod with client credentials', () => {
  it('imports an export once, however often it is run', async () => {
    const dry = await run(...importArgs(), '--dry-run');
    expect(dry.exitCode).toBe(0);
    const first = await run(...importArgs());
    expect(first.stderr).not.toMatch(/^wellpod:/mu);
    const report = JSON.parse(first.stdout) as { documentsWritten: number };
    expect(report.documentsWritten).toBe(
      (JSON.parse(dry.stdout) as { documentsWritten: number }).documentsWritten,
    );
    const second = await run(...importArgs());
    expect(JSON.parse(second.stdout)).toMatchObject({ documentsWritten: 0 });
  }, 180_000);

  it('answers a query as SPARQL results, and says on standard error what it rests on', async () => {
    const { exitCode, stdout, stderr } = await run('query', dailyMean, '--json');
    expect(exitCode).toBe(0);
    const { head, results } = JSON.parse(stdout) as {
      head: { vars: string[] };
      results: { bindings: Record<string, { value: string }>[] };
    };
    expect(head.vars).toEqual(['day', 'mean', 'n']);
    expect(results.bindings.length).toBeGreaterThan(25);
    expect(stderr).toMatch(/^From \d+ documents in 1 pods\.$/mu);
  }, 60_000);

  it('computes from the pod what it computes from the file', async () => {
    const fromPod = await run('insights', '--json');
    const fromFile = await run('insights', '--json', '--file', ...importArgs().slice(1, 4));
    const days = ({ stdout }: CommandResult): unknown =>
      (JSON.parse(stdout) as { days: unknown }).days;
    expect(days(fromPod)).toEqual(days(fromFile));
  }, 60_000);

  it('keeps a login, and forgets it', async () => {
    const { WELLPOD_HOME = '' } = environment;
    const kept = { WELLPOD_HOME };
    expect((await run('login', '--client-credentials')).stdout).toContain('Logged in as');
    expect((await wellpod(['query', 'ASK { ?r a well:Steps }'], kept)).stdout.trim()).toBe('true');
    expect((await wellpod(['logout'], kept)).stdout.trim()).toBe('Logged out.');
    expect((await wellpod(['query', 'ASK {}'], kept)).exitCode).toBe(4);
  }, 60_000);
});

describe('wellpod when something is wrong', () => {
  const failure = async (
    args: string[],
    change: Record<string, string> = {},
  ): Promise<CommandResult> => wellpod(args, { ...environment, ...change });

  it.each([
    ['a secret that is wrong', { WELLPOD_CLIENT_SECRET: 'wrong' }, 4],
    ['credentials that are there in part', { WELLPOD_CLIENT_SECRET: '' }, 2],
    ['an issuer that is none', { WELLPOD_ISSUER: 'not an address' }, 4],
  ])('tells %s in one line', async (_what, change, exitCode) => {
    const result = await failure(['query', 'ASK {}'], change);
    expect(result.exitCode).toBe(exitCode);
    expect(result.stderr).toMatch(/^wellpod: \S.{20,}\n$/u);
  });

  it('tells an issuer that does not answer from one that refuses', async () => {
    const port = await freePort();
    const away = { WELLPOD_ISSUER: `http://localhost:${port}/` };
    expect((await failure(['query', 'ASK {}'], away)).exitCode).toBe(6);
  });

  it('points at the place of a mistake in a query', async () => {
    const { exitCode, stderr } = await failure(['query', 'SELECT ?x WHER { ?x a well:HeartRate }']);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/line 1/u);
  });

  it('refuses a storage that is not the user’s', async () => {
    const foreign = ['import', fitbit?.path ?? '', '--storage', 'https://pods.example/other/'];
    expect((await failure(foreign)).exitCode).toBe(2);
  });
});

import { readdirSync } from 'node:fs';

const shared = {
  testEnvironment: 'node',
  injectGlobals: false,
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};

const tests = (folder) => [`<rootDir>/test/${folder}/**/*.test.{ts,tsx}`];

const hosts = readdirSync(new URL('pod-fixtures/hosts/', import.meta.url))
  .filter((name) => name.endsWith('.ts') && name !== 'fixture.ts')
  .map((name) => name.slice(0, -'.ts'.length));

/** One project per pod host: `npm run jest -- --selectProjects unit memory css-wac`. */
export default {
  testTimeout: 60_000,
  reporters: [
    'default',
    '<rootDir>/test/conformance/matrix-reporter.js',
    '<rootDir>/test/reporters/closing-line-reporter.js',
  ],
  projects: [
    { ...shared, displayName: 'unit', testMatch: tests('unit') },
    ...hosts.map((podHost) => ({
      ...shared,
      displayName: podHost,
      testMatch: tests('conformance'),
      globals: { podHost },
      globalSetup: `<rootDir>/pod-fixtures/hosts/${podHost}.ts`,
      globalTeardown: '<rootDir>/test/conformance/teardown.ts',
    })),
    { ...shared, displayName: 'integration', testMatch: tests('integration') },
    { ...shared, displayName: 'browser', testMatch: tests('browser') },
    { ...shared, displayName: 'faults', testMatch: tests('faults') },
  ],
};

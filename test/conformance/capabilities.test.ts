import { describe, expect, it } from '@jest/globals';
import { pod } from './pod.ts';

const allowed: Readonly<Record<string, readonly unknown[]>> = {
  writeIfMatch: [true, false],
  writeIfAbsent: [true, false],
  readIfChanged: [true, false],
  access: ['wac', 'acp', 'none'],
  accessBeforeCreate: [true, false],
  notifications: ['websocket', 'direct', 'poll', 'none'],
  sparqlEndpoint: [true, false],
};

// The capability matrix is made from the names of these tests.
describe('capability', () => {
  it.each(Object.entries(pod.capabilities))('%s is %s', (name, value) => {
    const values = allowed[name] ?? [Number(value)];
    expect(values).toContain(value);
  });
});

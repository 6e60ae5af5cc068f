import { describe, expect, it } from '@jest/globals';
import type {
  AccessMode,
  AccessPolicy,
  AccessRule,
  AccessSubject,
} from '../../adapters/contract/index.ts';
import {
  connection,
  failureOf,
  freshContainer,
  itCan,
  itCannot,
  pod,
  target,
  text,
} from './pod.ts';

const { owner = '', stranger = '' } = target;
const { raw } = connection;
const hasAccess = (can: { access: string }): boolean => can.access !== 'none';
const isWac = (can: { access: string }): boolean => can.access === 'wac';
const isAcp = (can: { access: string }): boolean => can.access === 'acp';

const ownerAgent: AccessSubject = { kind: 'agent', webId: owner };
const strangerAgent: AccessSubject = { kind: 'agent', webId: stranger };
const everybody: AccessSubject = { kind: 'public' };

const rule = (
  subject: AccessSubject,
  scope: AccessRule['scope'],
  ...modes: AccessMode[]
): AccessRule => ({ subject, scope, modes: new Set(modes) });

const full: readonly AccessMode[] = ['read', 'write', 'control'];
const ownDocument = [rule(ownerAgent, 'resource', ...full)];
const ownContainer = [...ownDocument, rule(ownerAgent, 'members', ...full)];

const policy = (...rules: readonly AccessRule[]): AccessPolicy => ({
  rules,
  dialect: pod.capabilities.access === 'acp' ? 'acp' : 'wac',
  lossless: true,
});

/** What plain requests are answered: of the owner, of the other agent, of nobody. */
async function statuses(url: string, init?: RequestInit): Promise<readonly number[]> {
  const asked = await Promise.all([
    raw?.owner(url, init),
    raw?.stranger(url, init),
    fetch(url, init),
  ]);
  return asked.map((response) => response?.status ?? 0);
}

/** The access document, past the adapter. */
const accessUrl = (url: string): string => `${url}${isAcp(pod.capabilities) ? '.acr' : '.acl'}`;

describe('access', () => {
  itCan(hasAccess, 'shows the rules that a new document inherits', async () => {
    const url = `${freshContainer()}note.txt`;
    await pod.write(url, text('mine'));
    const found = await pod.access(url);
    expect(found).toMatchObject({ inheritedFrom: target.root, lossless: true });
    expect(found.rules).toEqual([rule(ownerAgent, 'resource', ...full)]);
    expect(await statuses(url)).toEqual([200, 403, 401]);
  });

  itCan(hasAccess, 'is refused to others with POD_FORBIDDEN or POD_UNAUTHENTICATED', async () => {
    const url = `${freshContainer()}note.txt`;
    await pod.write(url, text('mine'));
    const refusals = [connection.stranger, connection.anonymous].map(
      async (other) => other && (await failureOf(other.access(url))).code,
    );
    expect(await Promise.all(refusals)).toEqual(['POD_FORBIDDEN', 'POD_UNAUTHENTICATED']);
  });

  itCannot(hasAccess, 'rejects with POD_UNSUPPORTED', async () => {
    const url = `${freshContainer()}note.txt`;
    expect((await failureOf(pod.access(url))).code).toBe('POD_UNSUPPORTED');
    expect((await failureOf(pod.setAccess(url, policy()))).code).toBe('POD_UNSUPPORTED');
  });
});

describe('setAccess', () => {
  itCan(hasAccess, 'lets an agent read one document, and takes it back', async () => {
    const container = freshContainer();
    const url = `${container}shared.txt`;
    await pod.write(url, text('shared'));
    await pod.write(`${container}other.txt`, text('not shared'));

    await pod.setAccess(url, policy(...ownDocument, rule(strangerAgent, 'resource', 'read')));
    expect(await statuses(url)).toEqual([200, 200, 401]);
    expect(await statuses(`${container}other.txt`)).toEqual([200, 403, 401]);
    const write = { method: 'PUT', headers: { 'content-type': 'text/plain' }, body: 'x' };
    expect((await raw?.stranger(url, write))?.status).toBe(403);

    await pod.setAccess(url, policy(...ownDocument));
    expect(await statuses(url)).toEqual([200, 403, 401]);
    expect((await pod.access(url)).rules).toEqual(ownDocument);
  });

  itCan(hasAccess, 'gives a container to its members, those to come too', async () => {
    const container = freshContainer();
    await pod.write(`${container}before.txt`, text('x'));
    await pod.setAccess(container, policy(...ownContainer, rule(strangerAgent, 'members', 'read')));
    await pod.write(`${container}deep/after.txt`, text('x'));
    expect(await statuses(`${container}before.txt`)).toEqual([200, 200, 401]);
    expect(await statuses(`${container}deep/after.txt`)).toEqual([200, 200, 401]);
    expect(await statuses(container)).toEqual([200, 403, 401]);
    const inherited = await pod.access(`${container}deep/after.txt`);
    expect(inherited.inheritedFrom).toBe(container);
    expect(inherited.rules).toContainEqual(rule(strangerAgent, 'resource', 'read'));
  });

  itCan(hasAccess, 'tells everybody from everybody who logged in', async () => {
    const [open, inside] = [`${freshContainer()}a.txt`, `${freshContainer()}b.txt`];
    await Promise.all([open, inside].map((url) => pod.write(url, text('x'))));
    await pod.setAccess(open, policy(...ownDocument, rule(everybody, 'resource', 'read')));
    await pod.setAccess(
      inside,
      policy(...ownDocument, rule({ kind: 'authenticated' }, 'resource', 'read')),
    );
    expect(await statuses(open)).toEqual([200, 200, 200]);
    expect(await statuses(inside)).toEqual([200, 200, 401]);
  });

  itCan(hasAccess, 'says again what it read', async () => {
    const container = freshContainer();
    const rules = [
      ...ownContainer,
      rule(strangerAgent, 'resource', 'read', 'append'),
      rule(everybody, 'members', 'read'),
    ];
    await pod.write(`${container}a.txt`, text('x'));
    await pod.setAccess(container, policy(...rules));
    const first = await pod.access(container);
    await pod.setAccess(container, first);
    const second = await pod.access(container);
    expect(new Set(second.rules)).toEqual(new Set(rules));
    expect(second.inheritedFrom).toBeUndefined();
  });

  itCan(
    hasAccess,
    'rejects with POD_PRECONDITION_FAILED over rules changed meanwhile',
    async () => {
      const url = `${freshContainer()}note.txt`;
      await pod.write(url, text('x'));
      await pod.setAccess(url, policy(...ownDocument));
      const stale = await pod.access(url);
      await pod.setAccess(url, policy(...ownDocument, rule(everybody, 'resource', 'read')));
      const refused = pod.setAccess(url, stale);
      expect((await failureOf(refused)).code).toBe('POD_PRECONDITION_FAILED');
      expect(await statuses(url)).toEqual([200, 200, 200]);
    },
  );

  itCan(hasAccess, 'rejects with POD_INVALID what would lock the owner out', async () => {
    const container = freshContainer();
    const url = `${container}note.txt`;
    await pod.write(url, text('x'));
    const attempts = [
      pod.setAccess(url, policy()),
      pod.setAccess(url, policy(rule(ownerAgent, 'resource', 'read', 'write'))),
      pod.setAccess(url, policy(rule(strangerAgent, 'resource', ...full))),
      pod.setAccess(container, policy(...ownDocument, rule(everybody, 'members', 'read'))),
    ];
    const codes = await Promise.all(attempts.map(async (one) => (await failureOf(one)).code));
    expect(codes).toEqual(codes.map(() => 'POD_INVALID'));
    expect(await statuses(url)).toEqual([200, 403, 401]);
    expect((await raw?.owner(accessUrl(url)))?.status).toBe(404);
  });

  itCan(hasAccess, 'rejects with POD_INVALID rules for the members of a document', async () => {
    const url = `${freshContainer()}note.txt`;
    await pod.write(url, text('x'));
    const refused = pod.setAccess(url, policy(...ownContainer));
    expect((await failureOf(refused)).code).toBe('POD_INVALID');
  });

  itCan(isWac, 'takes a document out of what its container gives', async () => {
    const container = freshContainer();
    const url = `${container}secret.txt`;
    await pod.setAccess(container, policy(...ownContainer, rule(everybody, 'members', 'read')));
    await pod.write(url, text('x'));
    await pod.setAccess(url, policy(...ownDocument));
    expect(await statuses(url)).toEqual([200, 403, 401]);
  });

  itCan(
    isAcp,
    'rejects with POD_UNSUPPORTED less access than a container above gives',
    async () => {
      const container = freshContainer();
      const url = `${container}secret.txt`;
      await pod.setAccess(container, policy(...ownContainer, rule(everybody, 'members', 'read')));
      const refused = pod.setAccess(url, policy(...ownDocument));
      expect((await failureOf(refused)).code).toBe('POD_UNSUPPORTED');
      expect((await raw?.owner(accessUrl(url)))?.status).toBe(404);
    },
  );

  itCan(isAcp, 'limits an agent to one client', async () => {
    const url = `${freshContainer()}note.txt`;
    const viaClient: AccessSubject = {
      kind: 'agent',
      webId: stranger,
      client: 'https://app.example/id',
    };
    await pod.write(url, text('x'));
    await pod.setAccess(url, policy(...ownDocument, rule(viaClient, 'resource', 'read')));
    expect((await pod.access(url)).rules).toContainEqual(rule(viaClient, 'resource', 'read'));
    // The plain requests of the other agent come from another client.
    expect(await statuses(url)).toEqual([200, 403, 401]);
  });

  itCan(isWac, 'rejects with POD_UNSUPPORTED a limit to one client', async () => {
    const url = `${freshContainer()}note.txt`;
    const viaClient: AccessSubject = {
      kind: 'agent',
      webId: stranger,
      client: 'https://app.example/id',
    };
    await pod.write(url, text('x'));
    const refused = pod.setAccess(url, policy(...ownDocument, rule(viaClient, 'resource', 'read')));
    expect((await failureOf(refused)).code).toBe('POD_UNSUPPORTED');
    expect(await statuses(url)).toEqual([200, 403, 401]);
  });

  itCan(
    hasAccess,
    'rejects with POD_UNSUPPORTED where it would drop what others wrote',
    async () => {
      const url = `${freshContainer()}note.txt`;
      await pod.write(url, text('x'));
      const rules = isAcp(pod.capabilities) ? foreignAcr(url) : foreignAcl(url);
      const headers = { 'content-type': 'text/turtle' };
      await raw?.owner(accessUrl(url), { method: 'PUT', headers, body: rules });
      const found = await pod.access(url);
      expect(found.lossless).toBe(false);
      for (const wanted of [found, policy(...ownDocument)]) {
        expect((await failureOf(pod.setAccess(url, wanted))).code).toBe('POD_UNSUPPORTED');
      }
      expect(await (await raw?.owner(accessUrl(url)))?.text()).toBe(rules);
    },
  );
});

describe('setAccess before the resource', () => {
  itCan(
    (c) => c.accessBeforeCreate && c.access === 'wac',
    'never shows a private document of a public container',
    async () => {
      const container = freshContainer();
      const url = `${container}secret.txt`;
      await pod.setAccess(container, policy(...ownContainer, rule(everybody, 'members', 'read')));
      const watcher = pollAnonymously(url);
      await pod.setAccess(url, policy(...ownDocument));
      await pod.write(url, text('never seen'), { ifAbsent: true });
      await pod.write(url, text('never seen either'));
      const seen = await watcher.stop();
      expect(seen.count).toBeGreaterThan(5);
      // 404 is the time before its rules were there, and nothing else was.
      expect(seen.statuses.filter((status) => status !== 404)).toEqual([401]);
      expect(await statuses(url)).toEqual([200, 403, 401]);
    },
  );

  itCan(
    (c) => c.accessBeforeCreate,
    'shares a container that is not there yet, and nothing around it',
    async () => {
      const parent = freshContainer();
      const container = `${parent}shared/`;
      const read = rule(strangerAgent, 'members', 'read');
      await pod.setAccess(container, policy(...ownContainer, read));
      await pod.write(`${container}a.txt`, text('x'));
      await pod.write(`${parent}b.txt`, text('x'));
      expect(await statuses(`${container}a.txt`)).toEqual([200, 200, 401]);
      expect(await statuses(`${parent}b.txt`)).toEqual([200, 403, 401]);
    },
  );

  it('is what the capability says', async () => {
    const url = `${freshContainer()}note.txt`;
    const outcome = await pod.setAccess(url, policy(...ownDocument)).then(
      () => true,
      () => false,
    );
    expect(outcome).toBe(pod.capabilities.accessBeforeCreate);
  });
});

/** Asks for a document as nobody, as often as possible, until stopped. */
function pollAnonymously(url: string): {
  stop(): Promise<{ readonly count: number; readonly statuses: readonly number[] }>;
} {
  const seen: number[] = [];
  const stopped = new AbortController();
  const polling = (async () => {
    while (!stopped.signal.aborted) seen.push((await fetch(url)).status);
  })();
  return {
    async stop() {
      stopped.abort();
      await polling;
      return { count: seen.length, statuses: [...new Set(seen)] };
    },
  };
}

const foreignAcl = (url: string): string => `@prefix acl: <http://www.w3.org/ns/auth/acl#>.
<#owner> a acl:Authorization; acl:agent <${owner}>; acl:accessTo <${url}>;
  acl:mode acl:Read, acl:Write, acl:Control.
<#app> a acl:Authorization; acl:origin <https://app.example>; acl:agent <${stranger}>;
  acl:accessTo <${url}>; acl:mode acl:Read.
`;

const foreignAcr = (url: string): string => `@prefix acl: <http://www.w3.org/ns/auth/acl#>.
@prefix acp: <http://www.w3.org/ns/solid/acp#>.
<> a acp:AccessControlResource; acp:resource <${url}>; acp:accessControl <#everyoneBut>.
<#everyoneBut> a acp:AccessControl; acp:apply <#policy>.
<#policy> a acp:Policy; acp:allow acl:Read; acp:anyOf <#all>; acp:noneOf <#one>.
<#all> a acp:Matcher; acp:agent acp:PublicAgent.
<#one> a acp:Matcher; acp:agent <${stranger}>.
`;

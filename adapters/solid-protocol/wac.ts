import type { Quad } from '@rdfjs/types';
import { DataFactory } from 'n3';
import {
  type AccessMode,
  type AccessPolicy,
  type AccessRule,
  type AccessSubject,
  type CallOptions,
  PodError,
} from '../contract/index.ts';
import {
  type AccessDocument,
  type AccessOptions,
  type DocumentRules,
  ancestors,
  checkWritten,
  readAccessDocument,
  writeAccessDocument,
} from './access-document.ts';
import {
  asInherited,
  checkChange,
  iriByMode,
  mergeRules,
  modeByIri,
  sameRules,
} from './access-rules.ts';
import { toTurtle } from './serialize-rdf.ts';
import { ACL, FOAF, RDF_TYPE } from './terms.ts';

const { namedNode, quad } = DataFactory;

/** Reads the rules in force by Web Access Control: the resource's own ACL, else the nearest one above. */
export async function wacAccess(
  url: string,
  options: AccessOptions,
  call: CallOptions = {},
): Promise<AccessPolicy> {
  return (await readPolicy(url, options, call)).policy;
}

/**
 * Replaces a resource's ACL as a whole. It may come before the resource, which then is never
 * exposed to what its container gives away.
 */
export async function setWacAccess(
  url: string,
  wanted: AccessPolicy,
  options: AccessOptions & CallOptions,
): Promise<void> {
  const { policy: current, own } = await readPolicy(url, options, options);
  checkChange({ url, current, wanted, webId: options.webId });
  const turtle = await toTurtle(aclQuads(url, own.url, mergeRules(wanted.rules)), {
    acl: ACL.Read.replace(/Read$/, ''),
  });
  await writeAccessDocument(options, own, { turtle, wanted, signal: options.signal });
  const written = await readPolicy(url, options, options);
  checkWritten(url, wanted, sameRules(written.policy.rules, mergeRules(wanted.rules)));
}

async function readPolicy(
  url: string,
  options: AccessOptions,
  call: CallOptions,
): Promise<{ readonly policy: AccessPolicy; readonly own: AccessDocument }> {
  const own = await readAccessDocument(url, options, call);
  if (own.quads !== undefined) {
    const policy = { ...parseAcl(own.quads, url), dialect: 'wac' as const };
    return { policy: own.etag === undefined ? policy : { ...policy, etag: own.etag }, own };
  }
  for (const container of ancestors(url, options.storageUrl)) {
    const { quads } = await readAccessDocument(container, options, call);
    if (quads === undefined) continue;
    const { rules, lossless } = parseAcl(quads, container);
    const members = rules.filter(({ scope }) => scope === 'members');
    return {
      policy: {
        rules: asInherited(members, url.endsWith('/')),
        dialect: 'wac',
        inheritedFrom: container,
        lossless,
      },
      own,
    };
  }
  return { policy: { rules: [], dialect: 'wac', lossless: true }, own };
}

/** The rules of one ACL about its own resource. Anything not understood makes it lossy. */
export function parseAcl(quads: readonly Quad[], resourceUrl: string): DocumentRules {
  const nodes = new Map<string, Quad[]>();
  for (const statement of quads) {
    const key = `${statement.subject.termType} ${statement.subject.value}`;
    nodes.set(key, [...(nodes.get(key) ?? []), statement]);
  }
  let lossless = true;
  const rules: AccessRule[] = [];
  for (const statements of nodes.values()) {
    const found = parseAuthorization(statements, resourceUrl);
    lossless &&= found.lossless;
    rules.push(...found.rules);
  }
  return { rules: mergeRules(rules), lossless };
}

function parseAuthorization(statements: readonly Quad[], resourceUrl: string): DocumentRules {
  const modes = new Set<AccessMode>();
  const scopes = new Set<AccessRule['scope']>();
  const subjects: AccessSubject[] = [];
  let lossless = true;
  let isAuthorization = false;
  for (const { predicate, object } of statements) {
    const mode = predicate.value === ACL.mode ? modeByIri.get(object.value) : undefined;
    const scope = object.value === resourceUrl ? scopeOf(predicate.value) : undefined;
    const subject = subjectOf(predicate.value, object.value);
    if (predicate.value === RDF_TYPE && object.value === ACL.Authorization) isAuthorization = true;
    else if (mode !== undefined) modes.add(mode);
    else if (scope !== undefined) scopes.add(scope);
    else if (subject !== undefined) subjects.push(subject);
    else lossless = false;
  }
  // Hosts ignore an authorization without its type (WAC §4.2); here it would come back with one.
  if (!isAuthorization) return { rules: [], lossless: false };
  const rules = [...scopes].flatMap((scope) =>
    subjects.map((subject) => ({ subject, modes, scope })),
  );
  return { rules, lossless };
}

function scopeOf(predicate: string): AccessRule['scope'] | undefined {
  if (predicate === ACL.accessTo) return 'resource';
  return predicate === ACL.default ? 'members' : undefined;
}

function subjectOf(predicate: string, object: string): AccessSubject | undefined {
  switch (predicate) {
    case ACL.agent:
      return { kind: 'agent', webId: object };
    case ACL.agentGroup:
      return { kind: 'group', url: object };
    case ACL.agentClass:
      if (object === FOAF.Agent) return { kind: 'public' };
      return object === ACL.AuthenticatedAgent ? { kind: 'authenticated' } : undefined;
    default:
      return undefined;
  }
}

/** An ACL that says these rules and nothing else. */
export function aclQuads(
  url: string,
  aclUrl: string,
  rules: readonly AccessRule[],
): readonly Quad[] {
  return rules.flatMap((rule, index) => {
    const node = namedNode(`${aclUrl}#rule-${index + 1}`);
    const [predicate, object] = subjectStatement(rule.subject, url);
    const scope = rule.scope === 'resource' ? ACL.accessTo : ACL.default;
    return [
      quad(node, namedNode(RDF_TYPE), namedNode(ACL.Authorization)),
      quad(node, namedNode(predicate), namedNode(object)),
      quad(node, namedNode(scope), namedNode(url)),
      ...[...rule.modes].map((mode) => quad(node, namedNode(ACL.mode), namedNode(iriByMode[mode]))),
    ];
  });
}

function subjectStatement(subject: AccessSubject, url: string): readonly [string, string] {
  if (subject.kind === 'public') return [ACL.agentClass, FOAF.Agent];
  if (subject.kind === 'authenticated') return [ACL.agentClass, ACL.AuthenticatedAgent];
  if (subject.kind === 'group') return [ACL.agentGroup, subject.url];
  if (subject.client === undefined) return [ACL.agent, subject.webId];
  // WAC would drop the client and so give every client of the agent access.
  throw new PodError('POD_UNSUPPORTED', 'This pod cannot limit access to one client', { url });
}

import type { Quad, Term } from '@rdfjs/types';
import { DataFactory } from 'n3';
import {
  type AccessMode,
  type AccessRule,
  type AccessSubject,
  PodError,
} from '../contract/index.ts';
import type { DocumentRules } from './access-document.ts';
import { iriByMode, mergeRules, modeByIri } from './access-rules.ts';
import { ACP, RDF_TYPE } from './terms.ts';

const { blankNode, namedNode, quad } = DataFactory;

/**
 * The rules that one access control resource makes for its own resource. Allowances are listed
 * even where a `deny` or `noneOf` narrows them: the policy is then not lossless, and shows rather
 * too much access than too little.
 */
export function parseAcr(quads: readonly Quad[], resourceUrl: string): DocumentRules {
  const document = new AcrReader(quads);
  const rules: AccessRule[] = [];
  for (const acr of document.subjects(ACP.resource, resourceUrl)) {
    document.take(acr, RDF_TYPE);
    for (const [scope, predicate] of scopes) {
      for (const control of document.take(acr, predicate)) {
        rules.push(...parseControl(document, control, scope));
      }
    }
  }
  return { rules: mergeRules(rules), lossless: document.isUnderstood() };
}

const scopes: readonly (readonly [AccessRule['scope'], string])[] = [
  ['resource', ACP.accessControl],
  ['members', ACP.memberAccessControl],
];

/** Statements by node, which remembers what was looked at: the rest is what the form cannot say. */
class AcrReader {
  private readonly quads: readonly Quad[];
  private readonly taken = new Set<Quad>();
  private readonly beyondForm = new Set<string>();

  constructor(quads: readonly Quad[]) {
    this.quads = quads;
  }

  /** Takes the statement that a node is about this object; returns the nodes. */
  subjects(predicate: string, object: string): readonly Term[] {
    const found = this.quads.filter(
      (one) => one.predicate.value === predicate && one.object.value === object,
    );
    for (const one of found) this.taken.add(one);
    return found.map(({ subject }) => subject);
  }

  take(subject: Term, predicate: string): readonly Term[] {
    const found = this.quads.filter(
      (one) => one.predicate.value === predicate && one.subject.equals(subject),
    );
    for (const one of found) this.taken.add(one);
    return found.map(({ object }) => object);
  }

  /** Says that a node means more than the rules made from it. */
  refuse(node: Term): void {
    this.beyondForm.add(node.value);
  }

  isUnderstood(): boolean {
    return this.beyondForm.size === 0 && this.taken.size === this.quads.length;
  }
}

function parseControl(
  document: AcrReader,
  control: Term,
  scope: AccessRule['scope'],
): readonly AccessRule[] {
  document.take(control, RDF_TYPE);
  return document.take(control, ACP.apply).flatMap((policy) => {
    const modes = modesOf(document, policy);
    return subjectsOf(document, policy).map((subject) => ({ subject, modes, scope }));
  });
}

function modesOf(document: AcrReader, policy: Term): ReadonlySet<AccessMode> {
  // A policy in another document cannot be seen from here.
  if (document.take(policy, RDF_TYPE).length === 0) document.refuse(policy);
  const modes = new Set<AccessMode>();
  for (const { value } of document.take(policy, ACP.allow)) {
    const mode = modeByIri.get(value);
    if (mode === undefined) document.refuse(policy);
    else modes.add(mode);
  }
  return modes;
}

function subjectsOf(document: AcrReader, policy: Term): readonly AccessSubject[] {
  const anyOf = document.take(policy, ACP.anyOf);
  const allOf = document.take(policy, ACP.allOf);
  // One matcher that must match is the same as any of one; more of them is a conjunction.
  if (allOf.length > 1 || (allOf.length === 1 && anyOf.length > 0)) document.refuse(policy);
  return [...anyOf, ...allOf].flatMap((matcher) => matcherSubjects(document, matcher));
}

function matcherSubjects(document: AcrReader, matcher: Term): readonly AccessSubject[] {
  document.take(matcher, RDF_TYPE);
  const agents = document.take(matcher, ACP.agent).map(({ value }) => agentSubject(value));
  const clients = document.take(matcher, ACP.client).map(({ value }) => value);
  const subjects = agents.flatMap((subject): readonly AccessSubject[] => {
    if (subject === undefined || (clients.length > 0 && subject.kind !== 'agent')) return [];
    if (clients.length === 0 || subject.kind !== 'agent') return [subject];
    return clients.map((client) => ({ ...subject, client }));
  });
  const expected = agents.length * Math.max(1, clients.length);
  if (subjects.length === 0 || subjects.length !== expected) document.refuse(matcher);
  return subjects;
}

function agentSubject(iri: string): AccessSubject | undefined {
  if (iri === ACP.PublicAgent) return { kind: 'public' };
  if (iri === ACP.AuthenticatedAgent) return { kind: 'authenticated' };
  // `acp:CreatorAgent` and `acp:OwnerAgent` depend on the resource.
  if (iri.startsWith(ACP.PublicAgent.replace(/PublicAgent$/, ''))) return undefined;
  return { kind: 'agent', webId: iri };
}

/** An access control resource that says these rules and nothing else. */
export function acrQuads(
  url: string,
  acrUrl: string,
  rules: readonly AccessRule[],
): readonly Quad[] {
  const acr = namedNode(acrUrl);
  const about = [
    quad(acr, namedNode(RDF_TYPE), namedNode(ACP.AccessControlResource)),
    quad(acr, namedNode(ACP.resource), namedNode(url)),
  ];
  return [
    ...about,
    ...rules.flatMap((rule, index) => {
      const control = namedNode(`${acrUrl}#rule-${index + 1}`);
      const [policy, matcher] = [blankNode(), blankNode()];
      const scope = rule.scope === 'resource' ? ACP.accessControl : ACP.memberAccessControl;
      return [
        quad(acr, namedNode(scope), control),
        quad(control, namedNode(RDF_TYPE), namedNode(ACP.AccessControl)),
        quad(control, namedNode(ACP.apply), policy),
        quad(policy, namedNode(RDF_TYPE), namedNode(ACP.Policy)),
        quad(policy, namedNode(ACP.anyOf), matcher),
        ...[...rule.modes].map((mode) =>
          quad(policy, namedNode(ACP.allow), namedNode(iriByMode[mode])),
        ),
        quad(matcher, namedNode(RDF_TYPE), namedNode(ACP.Matcher)),
        ...matcherStatements(rule.subject, url).map(([predicate, object]) =>
          quad(matcher, namedNode(predicate), namedNode(object)),
        ),
      ];
    }),
  ];
}

function matcherStatements(
  subject: AccessSubject,
  url: string,
): readonly (readonly [string, string])[] {
  if (subject.kind === 'public') return [[ACP.agent, ACP.PublicAgent]];
  if (subject.kind === 'authenticated') return [[ACP.agent, ACP.AuthenticatedAgent]];
  if (subject.kind === 'group') {
    throw new PodError('POD_UNSUPPORTED', 'This pod cannot give access to a group', { url });
  }
  return [
    [ACP.agent, subject.webId],
    ...(subject.client === undefined ? [] : [[ACP.client, subject.client] as const]),
  ];
}

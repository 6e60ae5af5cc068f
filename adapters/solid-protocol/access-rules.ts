import {
  type AccessMode,
  type AccessPolicy,
  type AccessRule,
  type AccessSubject,
  PodError,
} from '../contract/index.ts';
import { ACL } from './terms.ts';

/** Access modes by their IRI; WAC and ACP share them. */
export const modeByIri: ReadonlyMap<string, AccessMode> = new Map<string, AccessMode>([
  [ACL.Read, 'read'],
  [ACL.Append, 'append'],
  [ACL.Write, 'write'],
  [ACL.Control, 'control'],
]);

/** IRIs of access modes. */
export const iriByMode: Readonly<Record<AccessMode, string>> = {
  read: ACL.Read,
  append: ACL.Append,
  write: ACL.Write,
  control: ACL.Control,
};

/** What a subject is told apart by. */
export function subjectKey(subject: AccessSubject): string {
  if (subject.kind === 'agent') return `agent ${subject.webId} ${subject.client ?? ''}`;
  return subject.kind === 'group' ? `group ${subject.url}` : subject.kind;
}

/** One rule per subject and scope, with all its modes; rules without a mode say nothing. */
export function mergeRules(rules: readonly AccessRule[]): readonly AccessRule[] {
  const merged = new Map<string, AccessRule>();
  for (const rule of rules) {
    if (rule.modes.size === 0) continue;
    const key = `${rule.scope} ${subjectKey(rule.subject)}`;
    const before = merged.get(key)?.modes ?? [];
    merged.set(key, { ...rule, modes: new Set([...before, ...rule.modes]) });
  }
  return [...merged.values()];
}

/** True when `rules` give the subject of `rule` all its modes in its scope. */
export function covers(rules: readonly AccessRule[], rule: AccessRule): boolean {
  const given = mergeRules(rules).find(
    ({ scope, subject }) =>
      scope === rule.scope && subjectKey(subject) === subjectKey(rule.subject),
  );
  return [...rule.modes].every((mode) => given?.modes.has(mode) === true);
}

/** True when both give everybody the same. */
export function sameRules(a: readonly AccessRule[], b: readonly AccessRule[]): boolean {
  return a.every((rule) => covers(b, rule)) && b.every((rule) => covers(a, rule));
}

/** What an ancestor gives to everything in it, as rules of one member. */
export function asInherited(
  members: readonly AccessRule[],
  isContainer: boolean,
): readonly AccessRule[] {
  return members.flatMap((rule) => [
    { ...rule, scope: 'resource' as const },
    ...(isContainer ? [{ ...rule, scope: 'members' as const }] : []),
  ]);
}

/** What `setAccess` is about to do. */
export interface AccessChange {
  readonly url: string;
  readonly current: AccessPolicy;
  readonly wanted: AccessPolicy;
  /** The agent that the adapter acts as, where it is known. */
  readonly webId: string | undefined;
}

/**
 * The checks that hold for every dialect, before anything is sent.
 * @throws PodError `POD_UNSUPPORTED` when rules would be dropped, `POD_INVALID` when the owner would
 * be locked out or a document is given rules for members.
 */
export function checkChange({ url, current, wanted, webId }: AccessChange): void {
  if (!current.lossless || !wanted.lossless) {
    throw new PodError(
      'POD_UNSUPPORTED',
      'The access rules there say more than can be written back; change them where they were made',
      { url },
    );
  }
  const isContainer = url.endsWith('/');
  if (!isContainer && wanted.rules.some(({ scope }) => scope === 'members')) {
    throw new PodError('POD_INVALID', 'A document has no members to give access to', { url });
  }
  const scopes: readonly AccessRule['scope'][] = isContainer
    ? ['resource', 'members']
    : ['resource'];
  const owners = controllers(current.rules, 'resource', webId);
  for (const scope of scopes) {
    const staying = controllers(wanted.rules, scope, webId);
    if (owners.length === 0 ? staying.length > 0 : owners.some((key) => staying.includes(key))) {
      continue;
    }
    throw new PodError('POD_INVALID', 'These access rules would lock the owner out', { url });
  }
}

/** Who has control: the agent itself where it is named, else every named agent or group. */
function controllers(
  rules: readonly AccessRule[],
  scope: AccessRule['scope'],
  webId: string | undefined,
): readonly string[] {
  const named = rules
    .filter((rule) => rule.scope === scope && rule.modes.has('control'))
    .filter(({ subject }) => subject.kind === 'agent' || subject.kind === 'group')
    // Control through one client only would still lock the owner out of every other one.
    .filter(({ subject }) => subject.kind !== 'agent' || subject.client === undefined)
    .map(({ subject }) => subjectKey(subject));
  const self = webId && subjectKey({ kind: 'agent', webId });
  return self !== undefined && named.includes(self) ? [self] : named;
}

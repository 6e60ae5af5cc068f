import type { Quad } from '@rdfjs/types';
import { type Entry, PodError } from '../contract/index.ts';
import { DC, LDP, STAT } from './terms.ts';

/**
 * The members that a container's own description names. Only direct children count: a pod could
 * claim to contain any address, and callers fetch what they are given with a token.
 */
export function parseContainer(quads: readonly Quad[], container: string): readonly Entry[] {
  const facts = new Map<string, { sizeBytes?: number; modifiedMs?: number }>();
  const members = new Set<string>();
  for (const { subject, predicate, object } of quads) {
    if (predicate.value === LDP.contains && isChild(object.value, container)) {
      members.add(object.value);
    }
    const fact = factOf(predicate.value, object.value);
    if (fact !== undefined) facts.set(subject.value, { ...facts.get(subject.value), ...fact });
  }
  return [...members].map((url) => ({ url, container: url.endsWith('/'), ...facts.get(url) }));
}

function factOf(
  predicate: string,
  value: string,
): { sizeBytes?: number; modifiedMs?: number } | undefined {
  // Some hosts state sizes as strings; `dc:modified` has milliseconds where `posix:mtime` has seconds.
  if (predicate === STAT.size && /^\d+$/.test(value)) return { sizeBytes: Number(value) };
  if (predicate === DC.modified && !Number.isNaN(Date.parse(value))) {
    return { modifiedMs: Date.parse(value) };
  }
  return undefined;
}

function isChild(member: string, container: string): boolean {
  if (!URL.canParse(member) || !URL.canParse(container)) return false;
  const [child, parent] = [new URL(member), new URL(container)];
  if (child.origin !== parent.origin || !child.pathname.startsWith(parent.pathname)) return false;
  return /^[^/]+\/?$/.test(child.pathname.slice(parent.pathname.length));
}

/** @throws PodError `POD_INVALID` for an address that cannot be a container's. */
export function checkContainerUrl(url: string): void {
  if (URL.canParse(url) && new URL(url).pathname.endsWith('/')) return;
  throw new PodError('POD_INVALID', "A container's address ends in a slash", { url });
}

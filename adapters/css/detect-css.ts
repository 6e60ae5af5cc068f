import type { HostFacts } from '../solid-protocol/host-facts.ts';

const streamingHttp = 'http://www.w3.org/ns/solid/terms#updatesViaStreamingHttp2023';

/**
 * True for what the root of a storage on Community Solid Server 7 answers. Its name may be taken off
 * by a proxy; the links, which no other server has together, stay.
 */
export function isCss({ poweredBy, aclUrl, links }: HostFacts): boolean {
  if (/\bCommunity Solid Server\b/i.test(poweredBy ?? '')) return true;
  return links.first(streamingHttp) !== undefined && /\/\.ac[lr]$/.test(aclUrl ?? '');
}

/** The access system of a server, which it shows by the name of its access documents alone. */
export function cssAccessSystem({ aclUrl }: HostFacts): 'wac' | 'acp' {
  return aclUrl?.endsWith('.acr') === true ? 'acp' : 'wac';
}

import {
  type AccessPolicy,
  type AccessRule,
  type CallOptions,
  PodError,
} from '../contract/index.ts';
import {
  type AccessDocument,
  type AccessOptions,
  ancestors,
  checkWritten,
  readAccessDocument,
  writeAccessDocument,
} from './access-document.ts';
import { asInherited, checkChange, covers, mergeRules, sameRules } from './access-rules.ts';
import { acrQuads, parseAcr } from './acp-rules.ts';
import { toTurtle } from './serialize-rdf.ts';
import { ACL, ACP } from './terms.ts';

interface FoundPolicy {
  readonly policy: AccessPolicy;
  readonly own: AccessDocument;
  /** What the containers above give, which the resource cannot take back. */
  readonly inherited: readonly AccessRule[];
}

/** Reads the rules in force by Access Control Policy: the resource's own and all those above add up. */
export async function acpAccess(
  url: string,
  options: AccessOptions,
  call: CallOptions = {},
): Promise<AccessPolicy> {
  return (await readPolicy(url, options, call)).policy;
}

/**
 * Makes exactly these rules hold, by replacing the resource's access control resource (which may
 * come before the resource).
 * @throws PodError `POD_UNSUPPORTED` when a container above gives more, as ACP only adds.
 */
export async function setAcpAccess(
  url: string,
  wanted: AccessPolicy,
  options: AccessOptions & CallOptions,
): Promise<void> {
  const { policy: current, own, inherited } = await readPolicy(url, options, options);
  checkChange({ url, current, wanted, webId: options.webId });
  const rules = mergeRules(wanted.rules);
  if (!inherited.every((rule) => covers(rules, rule))) {
    throw new PodError(
      'POD_UNSUPPORTED',
      'A container above gives more access than these rules, and this pod only adds to it',
      { url },
    );
  }
  const added = rules.filter((rule) => !covers(inherited, rule));
  const turtle = await toTurtle(acrQuads(url, own.url, added), {
    acl: ACL.Read.replace(/Read$/, ''),
    acp: ACP.Policy.replace(/Policy$/, ''),
  });
  await writeAccessDocument(options, own, { turtle, wanted, signal: options.signal });
  const written = await readPolicy(url, options, options);
  checkWritten(url, wanted, sameRules(written.policy.rules, rules));
}

async function readPolicy(
  url: string,
  options: AccessOptions,
  call: CallOptions,
): Promise<FoundPolicy> {
  const own = await readAccessDocument(url, options, call);
  const mine = parseAcr(own.quads ?? [], url);
  let { lossless } = mine;
  let inheritedFrom: string | undefined;
  const inherited: AccessRule[] = [];
  for (const container of ancestors(url, options.storageUrl)) {
    const { quads } = await readAccessDocument(container, options, call);
    if (quads === undefined) continue;
    const above = parseAcr(quads, container);
    lossless &&= above.lossless;
    inheritedFrom ??= container;
    inherited.push(
      ...asInherited(
        above.rules.filter(({ scope }) => scope === 'members'),
        url.endsWith('/'),
      ),
    );
  }
  return {
    policy: {
      rules: mergeRules([...mine.rules, ...inherited]),
      dialect: 'acp',
      lossless,
      ...(own.quads === undefined && inheritedFrom !== undefined && { inheritedFrom }),
      ...(own.etag !== undefined && { etag: own.etag }),
    },
    own,
    inherited: mergeRules(inherited),
  };
}

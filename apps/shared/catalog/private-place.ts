import {
  PodError,
  type AccessRule,
  type CallOptions,
  type PodAdapter,
} from '../../../adapters/contract/index.ts';

/** Who, other than the owner, would be let in. */
export type Exposure = 'nobody' | 'chosen-agents' | 'everybody';

/**
 * Whom, besides the owner, the access rules in force let at a resource; where there is none yet,
 * at what would be created there.
 * @throws PodError when the rules cannot be read, for instance by who does not control the pod.
 */
export async function exposureOf(
  pod: PodAdapter,
  url: string,
  { owner, ...options }: CallOptions & { readonly owner?: string },
): Promise<Exposure> {
  if (pod.capabilities.access === 'none') return 'nobody';
  let isThere = true;
  for (let at: string | undefined = url; at !== undefined; at = parentOf(at)) {
    try {
      const { rules } = await pod.access(at, options);
      return exposureBy(isThere ? rules : rules.filter((rule) => rule.scope === 'members'), owner);
    } catch (error) {
      // Where a host tells nothing of what is not there, the container above tells what it passes on.
      if (!PodError.is(error) || error.code !== 'POD_NOT_FOUND') throw error;
      isThere = false;
    }
  }
  throw new PodError('POD_NOT_FOUND', 'There is no storage at this address.', { url });
}

function exposureBy(rules: readonly AccessRule[], owner: string | undefined): Exposure {
  let exposure: Exposure = 'nobody';
  for (const { subject, modes } of rules) {
    if (modes.size === 0) continue;
    if (subject.kind === 'public' || subject.kind === 'authenticated') return 'everybody';
    if (subject.kind !== 'agent' || subject.webId !== owner) exposure = 'chosen-agents';
  }
  return exposure;
}

function parentOf(url: string): string | undefined {
  const { pathname } = new URL(url);
  if (pathname === '/') return undefined;
  return new URL(url.endsWith('/') ? '..' : '.', url).href;
}

/**
 * Makes sure that what will be created at `url` is for the owner alone from its first moment:
 * where the container around it would let others in, the rules are written before the resource.
 * What exists already is left as it is; resolves to whom it lets in.
 * @throws PodError `POD_UNSUPPORTED` where the host cannot do that.
 */
export async function reservePrivately(
  pod: PodAdapter,
  url: string,
  { owner, ...options }: CallOptions & { readonly owner?: string },
): Promise<Exposure> {
  const whose = owner === undefined ? options : { owner, ...options };
  const exposure = await exposureOf(pod, url, whose);
  if (exposure === 'nobody' || (await exists(pod, url, options))) return exposure;
  // Without knowing the owner, the owner too looks like an agent that was let in.
  if (owner === undefined && exposure === 'chosen-agents') return exposure;
  const { access, accessBeforeCreate } = pod.capabilities;
  if (owner === undefined || access === 'none' || !accessBeforeCreate) throw exposed(url);
  const modes = new Set(['read', 'append', 'write', 'control'] as const);
  const subject = { kind: 'agent', webId: owner } as const;
  await pod.setAccess(
    url,
    {
      dialect: access,
      lossless: true,
      rules: [
        { subject, modes, scope: 'resource' },
        ...(url.endsWith('/') ? [{ subject, modes, scope: 'members' } as const] : []),
      ],
    },
    options,
  );
  // In ACP the rules of the containers above add up with these, and can't be taken back here.
  if ((await exposureOf(pod, url, whose)) !== 'nobody') throw exposed(url);
  return 'nobody';
}

async function exists(pod: PodAdapter, url: string, options: CallOptions): Promise<boolean> {
  try {
    if (url.endsWith('/')) await pod.list(url, options)[Symbol.asyncIterator]().next();
    else await (await pod.read(url, options)).bytes().cancel();
    return true;
  } catch (error) {
    if (PodError.is(error) && error.code === 'POD_NOT_FOUND') return false;
    throw error;
  }
}

function exposed(url: string): PodError {
  return new PodError(
    'POD_UNSUPPORTED',
    'What is created here would be open to others, and this host cannot close it beforehand.',
    { url },
  );
}

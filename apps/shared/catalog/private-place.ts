import {
  PodError,
  type AccessRule,
  type CallOptions,
  type PodAdapter,
} from '../../../adapters/contract/index.ts';

/** Who, other than the owner, would be let in. */
export type Exposure = 'nobody' | 'chosen-agents' | 'everybody';

/** Who else may do something with a resource, or would with one created there. */
export interface Admission {
  readonly exists: boolean;
  readonly exposure: Exposure;
}

/**
 * Who, besides the owner, the access rules in force let at a resource; where there is none yet,
 * whom its nearest existing container would pass on to it.
 * @throws PodError when the rules cannot be read, for instance by who does not control the pod.
 */
export async function admission(
  pod: PodAdapter,
  url: string,
  { owner, ...options }: CallOptions & { readonly owner?: string },
): Promise<Admission> {
  if (pod.capabilities.access === 'none') return { exists: true, exposure: 'nobody' };
  let exists = true;
  for (let at: string | undefined = url; at !== undefined; at = parentOf(at)) {
    try {
      const { rules } = await pod.access(at, options);
      const here = exists ? rules : rules.filter((rule) => rule.scope === 'members');
      return { exists, exposure: exposureOf(here, owner) };
    } catch (error) {
      if (!PodError.is(error) || error.code !== 'POD_NOT_FOUND') throw error;
      exists = false;
    }
  }
  throw new PodError('POD_NOT_FOUND', 'There is no storage at this address.', { url });
}

function exposureOf(rules: readonly AccessRule[], owner: string | undefined): Exposure {
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
 * What exists already is left as it is; see `admission`.
 * @throws PodError `POD_UNSUPPORTED` where the host cannot do that.
 */
export async function reservePrivately(
  pod: PodAdapter,
  url: string,
  { owner, ...options }: CallOptions & { readonly owner?: string },
): Promise<void> {
  const whose = owner === undefined ? options : { owner, ...options };
  const before = await admission(pod, url, whose);
  if (before.exists || before.exposure === 'nobody') return;
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
  if ((await admission(pod, url, whose)).exposure !== 'nobody') throw exposed(url);
}

function exposed(url: string): PodError {
  return new PodError(
    'POD_UNSUPPORTED',
    'What is created here would be open to others, and this host cannot close it beforehand.',
    { url },
  );
}

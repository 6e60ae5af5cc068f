import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { PodError } from '../contract/index.ts';

/** Resolves a host name to all its addresses, as `dns.promises.lookup` with `all`. */
export type ResolveHost = (hostname: string) => Promise<readonly LookupAddress[]>;

/**
 * Which destinations beyond public https ones are fine: all (`true`), or those listed, each an
 * origin (`http://localhost:3000`), a host with its port (`localhost:3000`) or a host name.
 */
export type AllowPrivate = boolean | readonly string[];

/** The system's resolver. */
export const resolveHost: ResolveHost = (hostname) => systemLookup(hostname, { all: true });

// IANA gives out global unicast addresses from this block only; all else in IPv6 is special.
const globalUnicastV6 = ipaddr.parseCIDR('2000::/3');

/** True for an address that anyone on the internet can reach: no loopback, LAN, link or tunnel. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicastV6);
}

/** True when the configuration lets this URL be plain http and have any address. */
export function isAllowedPrivate(url: URL, allow: AllowPrivate): boolean {
  if (typeof allow === 'boolean') return allow;
  return allow.some((entry) =>
    entry.includes('://')
      ? URL.canParse(entry) && new URL(entry).origin === url.origin
      : entry.toLowerCase() === url.host || entry.toLowerCase() === url.hostname,
  );
}

/**
 * Refuses a URL by what it says itself: scheme, credentials, a literal address. `new URL` has
 * already turned decimal, octal, hexadecimal and full-width forms into dotted ones.
 * @throws PodError `POD_INVALID`.
 */
export function checkOutboundUrl(url: URL, allow: AllowPrivate): void {
  const details = { url: url.href };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new PodError('POD_INVALID', 'Only http and https addresses can be fetched', details);
  }
  if (url.username !== '' || url.password !== '') {
    // Without the address, which would carry the password on into logs.
    throw new PodError('POD_INVALID', 'An address must not carry a user name or password');
  }
  if (isAllowedPrivate(url, allow)) return;
  if (url.protocol === 'http:') {
    throw new PodError('POD_INVALID', 'The address must use https', details);
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(host) && !isPublicAddress(host)) {
    throw new PodError('POD_INVALID', 'The address is not a public one', details);
  }
}

/**
 * The `lookup` of a socket that connects only to public addresses. The answer that was checked is
 * the one connected to: there is no second resolution that a rebinding name server could change.
 */
export function publicLookup(resolve: ResolveHost): LookupFunction {
  const answer = async (
    hostname: string,
    all: boolean,
    callback: Parameters<LookupFunction>[2],
  ): Promise<void> => {
    let found: readonly [LookupAddress, ...LookupAddress[]];
    try {
      found = await publicAddresses(hostname, resolve);
    } catch (error) {
      callback(error instanceof Error ? error : new Error('The lookup failed'), '');
      return;
    }
    if (all) callback(null, [...found]);
    else callback(null, found[0].address, found[0].family);
  };
  return (hostname, options, callback) => {
    void answer(hostname, options.all === true, callback);
  };
}

async function publicAddresses(
  hostname: string,
  resolve: ResolveHost,
): Promise<readonly [LookupAddress, ...LookupAddress[]]> {
  const [first, ...others] = await resolve(hostname);
  if (first === undefined) {
    throw new PodError('POD_UNAVAILABLE', 'The host name leads nowhere');
  }
  // One private address among public ones is how a rebinding answer looks: refuse all of them.
  if (![first, ...others].every(({ address }) => isPublicAddress(address))) {
    throw new PodError('POD_INVALID', 'The host name leads to an address that is not public');
  }
  return [first, ...others];
}

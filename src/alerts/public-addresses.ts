import { type LookupAddress, lookup as resolveName, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { createNetworks, normalizeAddress, parseNetwork } from '../platform/networks.js';

/** An address that webhooks are not sent to. The message has no address: that of a private network is nobody's business. */
export class RefusedAddressError extends Error {
  override readonly name = 'RefusedAddressError';
  readonly code = 'ERR_ADDRESS_REFUSED';
}

const networksOf = (texts: readonly string[]) =>
  createNetworks(texts.flatMap((text) => parseNetwork(text) ?? []));

/** IPv4 networks, and the same behind the NAT64 prefix, through which an IPv6 network reaches them. */
const withNat64 = (networks: readonly string[]): string[] =>
  networks.flatMap((network) => {
    const [address, bits] = network.split('/');
    return [network, `64:ff9b::${address}/${96 + Number(bits)}`];
  });

/** Networks of the operator's own: loopback, RFC 1918, CGNAT (RFC 6598) and unique local addresses (RFC 4193). */
const privateNetworks = networksOf([
  ...withNat64(['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']),
  '::1/128',
  'fc00::/7',
]);

/**
 * Networks that no receiver is in: link-local, multicast, reserved, for documentation, and the metadata services of clouds,
 * which hand out credentials. Sources: IANA's special-purpose registries; the manuals of AWS, Azure, Google, Oracle and Alibaba.
 */
const otherNetworks = networksOf([
  ...withNat64([
    '0.0.0.0/8',
    '169.254.0.0/16',
    '100.100.100.200/32',
    '168.63.129.16/32',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/4',
    '240.0.0.0/4',
  ]),
  'fd00:ec2::/32',
  'fd20:ce::254/128',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
]);

/** Every other IPv6 address is link-local, multicast, reserved, or stands for an IPv4 address in an old way. */
const routable = networksOf(['2000::/3', '64:ff9b::/96', 'fc00::/7', '::1/128']);

/** Whether webhooks may be sent to an IP address. */
export const isAllowedAddress = (text: string, allowPrivate: boolean): boolean => {
  const address = normalizeAddress(text);
  if (address === null || otherNetworks.includes(address)) return false;
  if (isIP(address) === 6 && !routable.includes(address)) return false;
  return allowPrivate || !privateNetworks.includes(address);
};

/** Whether the host of a URL is an IP address that is refused. The URL's parser has read every spelling of it. */
export const isRefusedHost = (url: string, allowPrivate: boolean): boolean => {
  const host = hostOf(url);
  if (isIP(host) !== 0) return !isAllowedAddress(host, allowPrivate);
  return !allowPrivate && /(^|\.)localhost$/.test(host);
};

/** The host of a URL in lower case, without brackets and a dot at the end. */
export const hostOf = (url: string): string =>
  new URL(url).hostname.toLowerCase().replace(/^\[|\]$|\.$/g, '');

/** Resolves a name as `net.connect` does. */
export type Lookup = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * The lookup for a connection: its addresses are checked and are the ones that are connected to, so a name that changes
 * its answer between a check and the connection gains nothing. One refused address refuses the name.
 */
export const createCheckedLookup =
  (allowPrivate: boolean, resolve: Lookup = resolveName): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      if (
        addresses.length === 0 ||
        !addresses.every(({ address }) => isAllowedAddress(address, allowPrivate))
      )
        return callback(new RefusedAddressError('the name leads to an address that is not allowed'), []);
      if (options.all === true) return callback(null, addresses);
      return callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
    });
  };

const resolveTimeoutMs = 2_000;

/** Whether a name leads to a refused address now. A name that does not resolve in time is checked when it is connected to. */
export const leadsToRefused = (
  hostname: string,
  allowPrivate: boolean,
  resolve: Lookup = resolveName,
): Promise<boolean> =>
  new Promise((settle) => {
    const timer = setTimeout(() => settle(false), resolveTimeoutMs);
    createCheckedLookup(allowPrivate, resolve)(hostname, { all: true }, (error) => {
      clearTimeout(timer);
      settle(error instanceof RefusedAddressError);
    });
  });

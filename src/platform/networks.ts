import { BlockList, isIP, SocketAddress } from 'node:net';

/** A set of addresses. */
export type Networks = { includes: (address: string) => boolean };

/** An address or a network in CIDR notation, an IPv6 address also in brackets; null for any other text. */
export const parseNetwork = (text: string): { address: string; bits: number } | null => {
  const [, address = '', written] = /^\[?([0-9a-f.:]+)\]?(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  const version = isIP(address);
  const bitsMax = version === 4 ? 32 : 128;
  const bits = written === undefined ? bitsMax : Number(written);
  return version === 0 || bits > bitsMax ? null : { address, bits };
};

/** The addresses of several networks. An IPv4 address is the same as an IPv6 address that maps it. */
export const createNetworks = (networks: readonly { address: string; bits: number }[]): Networks => {
  const list = new BlockList();
  for (const { address, bits } of networks) list.addSubnet(address, bits, familyOf(address));
  return { includes: (address) => list.check(address, familyOf(address)) };
};

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

/**
 * An IP address in its shortest spelling, an IPv4 address that is mapped into IPv6 as the former, and without a zone; null for
 * any other text.
 */
export const normalizeAddress = (text: string): string | null => {
  const address = text.replace(/%.*$/s, '');
  const version = isIP(address);
  if (version === 4) return address;
  if (version === 0) return null;
  const shortest = new SocketAddress({ address, family: 'ipv6' }).address;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(shortest)?.[1] ?? shortest;
};

import type { IncomingMessage } from 'node:http';
import { type Networks, normalizeAddress } from '../platform/networks.js';

const assigned = new WeakMap<IncomingMessage, string>();

/**
 * Finds the address of the client behind trusted proxies, once for each request: `clientAddressOf` returns it from then on.
 * Each proxy appends the address that connected to it to X-Forwarded-For or, if there is no such header, to Forwarded. So
 * the list is read from the right, as long as the address read so far is a trusted proxy's; what is left of it was written
 * by nobody who is trusted. Without trusted proxies, nothing is read from headers.
 */
export const assignClientAddress = (request: IncomingMessage, trusted: Networks | null): void => {
  if (trusted === null) return;
  let address = connectedAddress(request);
  if (address === undefined || !trusted.includes(address)) return;
  for (const hop of forwardedHops(request.headers).toReversed()) {
    const next = readHop(hop);
    // Not an address, such as "unknown": the nearest that is known is the proxy that wrote it.
    if (next === null) break;
    address = next;
    if (!trusted.includes(address)) break;
  }
  assigned.set(request, address);
};

/**
 * The client's address, in its shortest spelling: for the log, limits and the audit log. It is the one that connects, or
 * behind TRUSTED_PROXIES the one that they report. Undefined if the connection is gone.
 */
export const clientAddressOf = (request: IncomingMessage): string | undefined =>
  assigned.get(request) ?? connectedAddress(request);

const connectedAddress = ({ socket: { remoteAddress } }: IncomingMessage): string | undefined =>
  remoteAddress?.includes(':') === true ? (normalizeAddress(remoteAddress) ?? undefined) : remoteAddress;

/**
 * The addresses that proxies report, the nearest one last. An address has no comma, so an open quotation mark that a client
 * sends cannot hide what the proxies append.
 */
const forwardedHops = (headers: IncomingMessage['headers']): string[] => {
  const written = headers['x-forwarded-for'];
  // node:http joins the lines of both headers by commas.
  if (written !== undefined) return partsOf([written].flat().join());
  return partsOf(headers.forwarded ?? '').map(
    (element) => /(?:^|;)\s*for\s*=\s*([^;]*)/i.exec(element)?.[1] ?? '',
  );
};

const partsOf = (list: string): string[] =>
  list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]:4711`, also quoted; null for anything else. */
const readHop = (hop: string): string | null => {
  const bare = hop.trim().replace(/^"(.*)"$/, '$1');
  const [, address] = /^\[([^\]]*)\](?::\d+)?$/.exec(bare) ?? /^([\d.]+):\d+$/.exec(bare) ?? [null, bare];
  return normalizeAddress(address ?? '');
};

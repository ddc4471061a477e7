import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import { type Proxies, proxyAuthorization, proxyFor } from '../platform/choose-proxy.js';
import { createCheckedLookup, isRefusedHost, type Lookup, RefusedAddressError } from './public-addresses.js';

export type WebhookDispatcher = {
  /** The way to an address: a checked connection, or a tunnel through a proxy. Throws RefusedAddressError. */
  dispatcherFor: (url: string) => Dispatcher;
  /** Whether a proxy leads there: then the proxy resolves the name. */
  usesProxy: (url: string) => boolean;
  /** Whether private addresses are allowed. */
  allowPrivate: boolean;
  close: () => Promise<void>;
};

/**
 * Sends webhooks to allowed addresses only. Without a proxy, each connection is made to the address that was checked. A
 * proxy of the environment resolves names itself, so only addresses in URLs are checked. `ca` adds to the trusted authorities.
 */
export const createWebhookDispatcher = (
  proxies: Proxies,
  options: { allowPrivate?: boolean; resolve?: Lookup; ca?: string } = {},
): WebhookDispatcher => {
  const { allowPrivate = false, resolve, ca } = options;
  const direct = new Agent({
    connect: { lookup: createCheckedLookup(allowPrivate, resolve), ...(ca === undefined ? {} : { ca }) },
  });
  const agents = new Map<string, ProxyAgent>();
  return {
    dispatcherFor: (url) => {
      if (isRefusedHost(url, allowPrivate)) throw new RefusedAddressError('the address is not allowed');
      const proxy = proxyFor(proxies, new URL(url));
      if (proxy === null) return direct;
      const token = proxyAuthorization(proxy);
      const agent =
        agents.get(proxy.href) ??
        new ProxyAgent({ uri: proxy.origin, proxyTunnel: true, ...(token === null ? {} : { token }) });
      agents.set(proxy.href, agent);
      return agent;
    },
    usesProxy: (url) => proxyFor(proxies, new URL(url)) !== null,
    allowPrivate,
    close: async () => {
      await Promise.all([direct.destroy(), ...[...agents.values()].map((agent) => agent.destroy())]);
    },
  };
};

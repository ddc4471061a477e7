import { type Dispatcher, ProxyAgent } from 'undici';
import { type Proxies, proxyAuthorization, proxyFor } from '../platform/choose-proxy.js';

export type WebhookDispatcher = {
  /** The way to an address: a tunnel through a proxy, or undefined for a direct connection. */
  dispatcherFor: (url: string) => Dispatcher | undefined;
  close: () => Promise<void>;
};

/** Sends webhooks through the proxies of the environment; a proxy's connections are kept. */
export const createWebhookDispatcher = (proxies: Proxies): WebhookDispatcher => {
  const agents = new Map<string, ProxyAgent>();
  return {
    dispatcherFor: (url) => {
      const proxy = proxyFor(proxies, new URL(url));
      if (proxy === null) return undefined;
      const token = proxyAuthorization(proxy);
      const agent =
        agents.get(proxy.href) ??
        new ProxyAgent({ uri: proxy.origin, proxyTunnel: true, ...(token === null ? {} : { token }) });
      agents.set(proxy.href, agent);
      return agent;
    },
    close: async () => {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
};

import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { createNetworks, normalizeAddress, parseNetwork } from './networks.js';

/** HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
export type Proxies = { httpsProxy: URL | null; httpProxy: URL | null; noProxy: string | null };

export const noProxies: Proxies = { httpsProxy: null, httpProxy: null, noProxy: null };

/**
 * The proxy for an address; null: a direct connection. An https address without HTTPS_PROXY takes HTTP_PROXY, as in undici.
 * NO_PROXY lists hosts, which stand for their subdomains as well, with or without a port; networks such as 10.0.0.0/8; or
 * `*` for all.
 */
export const proxyFor = ({ httpsProxy, httpProxy, noProxy }: Proxies, target: URL): URL | null => {
  const proxy = target.protocol === 'https:' ? (httpsProxy ?? httpProxy) : httpProxy;
  if (proxy === null) return null;
  const host = bareHost(target.hostname);
  const port = target.port === '' ? (target.protocol === 'https:' ? '443' : '80') : target.port;
  const isDirect = (entry: string): boolean => entry === '*' || matches(entry.toLowerCase(), host, port);
  return noProxyEntries(noProxy ?? '').some(isDirect) ? null : proxy;
};

/** The entries of NO_PROXY: separated by commas, as in curl also by blanks. */
export const noProxyEntries = (text: string): string[] =>
  text.split(/[,\s]+/).filter((entry) => entry !== '');

/** Whether an entry can match a host. Sockets of containers, such as /var/run/docker.sock, are often in the variable. */
export const isNoProxyEntry = (entry: string): boolean =>
  entry === '*' ||
  entry.startsWith('/') ||
  parseNetwork(entry) !== null ||
  /^(?:\*?\.)?(?:[\p{L}\p{N}\p{M}_-]+\.)*[\p{L}\p{N}\p{M}_-]+\.?(?::\d{1,5})?$/u.test(entry) ||
  /^\[[0-9a-f:.]+\]:\d{1,5}$/i.test(entry);

const bareHost = (hostname: string): string => hostname.toLowerCase().replace(/^\[|\]$|\.$/g, '');

const matches = (entry: string, host: string, port: string): boolean => {
  const network = entry.includes('/') ? parseNetwork(entry) : null;
  if (network !== null) return isIP(host) !== 0 && createNetworks([network]).includes(host);
  const [, name = '', onlyPort] =
    isIP(entry) === 6 ? [null, entry] : (/^(.+?)(?::(\d+))?$/.exec(entry) ?? []);
  if (onlyPort !== undefined && onlyPort !== port) return false;
  const domain = bareHost(name).replace(/^\*?\./, '');
  if (isIP(host) !== 0) return host === (normalizeAddress(domain) ?? domain);
  const ascii = domainToASCII(domain);
  return host === ascii || host.endsWith(`.${ascii}`);
};

/** The header Proxy-Authorization for the user name and password in a proxy's URL; null without them. */
export const proxyAuthorization = ({ username, password }: URL): string | null => {
  if (username === '' && password === '') return null;
  const text = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(text).toString('base64')}`;
};

import { BlockList, isIP } from 'node:net';

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
  const entries = (noProxy ?? '').split(/[,\s]+/).filter((entry) => entry !== '');
  return entries.some((entry) => entry === '*' || matches(entry.toLowerCase(), host, port)) ? null : proxy;
};

const bareHost = (hostname: string): string => hostname.toLowerCase().replace(/^\[|\]$|\.$/g, '');

const matches = (entry: string, host: string, port: string): boolean => {
  const network = /^\[?([0-9a-f.:]+)\]?\/(\d{1,3})$/.exec(entry);
  if (network !== null) return isWithin(network[1] ?? '', Number(network[2]), host);
  const [, name = '', onlyPort] =
    isIP(entry) === 6 ? [null, entry] : (/^(.+?)(?::(\d+))?$/.exec(entry) ?? []);
  if (onlyPort !== undefined && onlyPort !== port) return false;
  const domain = bareHost(name).replace(/^\*?\./, '');
  return host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`));
};

const isWithin = (network: string, bits: number, host: string): boolean => {
  const version = isIP(network);
  if (version === 0 || isIP(host) !== version || bits > (version === 4 ? 32 : 128)) return false;
  const type = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, bits, type);
  return list.check(host, type);
};

/** The header Proxy-Authorization for the user name and password in a proxy's URL; null without them. */
export const proxyAuthorization = ({ username, password }: URL): string | null => {
  if (username === '' && password === '') return null;
  const text = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(text).toString('base64')}`;
};

import type { IncomingMessage } from 'node:http';

/** Returns the demo's token, or null while no page may show it; null in its place: there is no demo. */
export type TokenOffer = (() => Promise<string | null>) | null;

/** The token that a page may show to this client; empty for remote clients, for whom nothing is looked up either. */
export const offeredToken = async (offer: TokenOffer, request: IncomingMessage): Promise<string> =>
  offer !== null && isLocal(request) ? ((await offer()) ?? '') : '';

/**
 * Whether a browser on this machine sent the request to a local host name. A page that shows a credential must not reach
 * the network, a foreign site whose name resolves here (DNS rebinding), or a client behind a proxy on this machine. A
 * proxy is recognized by the headers it adds, or by HTTP/1.0, which nginx speaks by default and no browser does. A
 * proxy that adds nothing cannot be distinguished from a browser.
 */
const isLocal = (request: IncomingMessage): boolean => {
  const address = request.socket.remoteAddress ?? '';
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  return (
    /^(::1|127\.\d+\.\d+\.\d+|::ffff:127\.\d+\.\d+\.\d+)$/.test(address) &&
    /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host) &&
    request.httpVersion !== '1.0' &&
    !Object.keys(request.headers).some((name) => proxyHeaders.test(name))
  );
};

/** The headers by which proxies, load balancers and tunnels name the client. */
const proxyHeaders =
  /^(forwarded|via|cdn-loop|x-forwarded(-.+)?|x-original-.+|x-envoy-.+|x-real-ip|true-client-ip|cf-.+|(x-|fastly-|fly-)?(cluster-)?client-ip|x-azure-.+|x-proxyuser-ip|x-appengine-.+)$/;

import type { IncomingMessage } from 'node:http';

/**
 * Whether a browser on this very machine asks, by a name of this machine: a page that hands out a credential must not do
 * so to the network, nor to a name that a foreign site points here (DNS rebinding), nor through a proxy that runs
 * here. A proxy is known by what it adds, or by HTTP/1.0, which nginx speaks by default and no browser does; one that
 * hides itself wholly cannot be told from a browser.
 */
export const isLocal = (request: IncomingMessage): boolean => {
  const address = request.socket.remoteAddress ?? '';
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  return (
    /^(::1|127\.\d+\.\d+\.\d+|::ffff:127\.\d+\.\d+\.\d+)$/.test(address) &&
    /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host) &&
    request.httpVersion !== '1.0' &&
    !Object.keys(request.headers).some((name) => proxyHeaders.test(name))
  );
};

/** What proxies, load balancers and tunnels add to tell whom they ask for. */
const proxyHeaders =
  /^(forwarded|via|cdn-loop|x-forwarded(-.+)?|x-original-.+|x-envoy-.+|x-real-ip|true-client-ip|cf-.+|(x-|fastly-|fly-)?(cluster-)?client-ip|x-azure-.+|x-proxyuser-ip|x-appengine-.+)$/;

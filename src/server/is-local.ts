import type { IncomingMessage } from 'node:http';

/**
 * Whether a browser on this very machine asks, by a name of this machine: a page that hands out a credential must not do
 * so to the network, nor to a name that a foreign site points here (DNS rebinding).
 */
export const isLocal = (request: IncomingMessage): boolean => {
  const address = request.socket.remoteAddress ?? '';
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  return (
    /^(::1|127\.\d+\.\d+\.\d+|::ffff:127\.\d+\.\d+\.\d+)$/.test(address) &&
    /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host)
  );
};

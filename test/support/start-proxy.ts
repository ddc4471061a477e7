import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';

export type Proxy = {
  /** Its address, without a user name. */
  url: string;
  port: number;
  /** The targets of CONNECT so far, as `host:port`, with the credentials that came with each. */
  connects: { target: string; authorization: string | undefined }[];
  /** How CONNECT is answered: 200 opens the tunnel; CUT ends the connection; SILENT never answers. */
  answer: number | 'CUT' | 'SILENT';
  close: () => Promise<void>;
};

/** A real CONNECT proxy. `route` gives the local port that a target is connected to, if not its own. */
export const startProxy = async (
  route: (target: string) => number | undefined = () => undefined,
): Promise<Proxy> => {
  const sockets = new Set<Socket>();
  const server = createServer((_, response) => {
    response.writeHead(405).end();
  });
  const own = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  server.on('connection', own);
  server.on('connect', (request, client: Socket, head: Buffer) => {
    const target = request.url ?? '';
    proxy.connects.push({ target, authorization: request.headers['proxy-authorization'] });
    if (proxy.answer === 'SILENT') return;
    if (proxy.answer === 'CUT') {
      client.destroy();
      return;
    }
    if (proxy.answer !== 200) {
      client.end(`HTTP/1.1 ${proxy.answer} Refused\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
      return;
    }
    const port = route(target);
    const { hostname, port: given } = new URL(`http://${target}`);
    const upstream = port === undefined ? connect(Number(given || 80), hostname) : connect(port, '127.0.0.1');
    own(upstream);
    upstream.on('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      client.pipe(upstream).pipe(client);
    });
    upstream.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const proxy: Proxy = {
    url: `http://127.0.0.1:${port}`,
    port,
    connects: [],
    answer: 200,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
};

import { createServer, connect, type Server, type Socket } from 'node:net';
import type { DatabaseAddress } from '../../src/platform/database.js';
import { portOf } from '../providers/firmable/start-upstream.js';

/** A proxy to the database that can fail on demand. */
export type Proxy = {
  address: DatabaseAddress;
  /** Closes all connections and refuses new ones. */
  shut: () => Promise<void>;
  /** Accepts connections again, and forwards held responses. */
  open: () => Promise<void>;
  /** From now on statements are forwarded and their responses are held. */
  holdAnswers: () => void;
  /** Closes all connections; new ones are accepted. */
  cut: () => void;
  close: () => Promise<void>;
};

export const startProxy = async (address: DatabaseAddress): Promise<Proxy> => {
  const pairs = new Set<[Socket, Socket]>();
  let holding = false;
  const server = createServer((client) => {
    const upstream = dial(address);
    const pair: [Socket, Socket] = [client, upstream];
    pairs.add(pair);
    client.pipe(upstream);
    upstream.on('data', (chunk) => client.write(chunk));
    if (holding) upstream.pause();
    for (const socket of pair) {
      socket.on('error', () => {});
      socket.on('close', () => {
        for (const end of pair) end.destroy();
        pairs.delete(pair);
      });
    }
  });
  const port = await listen(server, 0);
  const cut = (): void => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  const shut = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    cut();
    await closed;
  };
  return {
    address: { url: addressThrough(address, port) },
    shut,
    open: async () => {
      holding = false;
      for (const [, upstream] of pairs) upstream.resume();
      if (!server.listening) await listen(server, port);
    },
    holdAnswers: () => {
      holding = true;
      for (const [, upstream] of pairs) upstream.pause();
    },
    cut,
    close: async () => {
      if (server.listening) await shut();
    },
  };
};

const listen = async (server: Server, port: number): Promise<number> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return portOf(server);
};

const dial = (address: DatabaseAddress): Socket => {
  if ('socketDir' in address) return connect(`${address.socketDir}/.s.PGSQL.5432`);
  const url = new URL(address.url);
  const socketDir = url.searchParams.get('host');
  const port = Number(url.port || 5432);
  return socketDir === null ? connect(port, url.hostname) : connect(`${socketDir}/.s.PGSQL.${port}`);
};

const addressThrough = (address: DatabaseAddress, port: number): string => {
  if ('socketDir' in address) return `postgres://${address.user}@127.0.0.1:${port}/${address.database}`;
  const url = new URL(address.url);
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return url.href;
};

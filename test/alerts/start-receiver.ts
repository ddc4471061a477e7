import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Delivery = { path: string; headers: Record<string, string | undefined>; body: string };

export type Receiver = {
  url: string;
  deliveries: Delivery[];
  /** How the next deliveries are answered, in their order, and 204 after that. NEVER keeps the line open in silence, CUT ends it. */
  answers: (number | 'NEVER' | 'ENDLESS' | 'CUT' | { status: number; headers: Record<string, string> })[];
  /** Resolves with the next delivery that comes in. */
  next: () => Promise<Delivery>;
  close: () => Promise<void>;
};

/** A real HTTP server that takes webhooks. A 3xx points at its own `/moved`. */
export const startReceiver = async (): Promise<Receiver> => {
  const deliveries: Delivery[] = [];
  const answers: Receiver['answers'] = [];
  let waiting: ((delivery: Delivery) => void)[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]),
      );
      const delivery = { path: request.url ?? '', headers, body: Buffer.concat(chunks).toString('utf8') };
      deliveries.push(delivery);
      for (const resolve of waiting) resolve(delivery);
      waiting = [];
      const answer = answers.shift() ?? 204;
      if (answer === 'NEVER') return;
      if (answer === 'CUT') {
        response.destroy();
        return;
      }
      if (typeof answer === 'object') {
        response.writeHead(answer.status, answer.headers).end();
        return;
      }
      if (answer === 'ENDLESS') {
        response.writeHead(200);
        response.write('and so on');
        return;
      }
      response
        .writeHead(answer, answer >= 300 && answer < 400 ? { location: '/moved' } : {})
        .end('echoed-secret');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // Listening on a port, the address is never a path.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook?team=revops`,
    deliveries,
    answers,
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

import { createServer } from 'node:http';
import { runService } from '../../../../src/platform/run-service.js';
import { countBatches } from '../count-batches.js';
import { type Inserts, openInserts } from './open-inserts.js';

/** Runs the bare proxy with rows before and after each call. */
export const runProxy = (inserts: Inserts): Promise<void> =>
  runService(async (opened) => {
    const lookUp = await openInserts(opened, inserts);
    const batches = countBatches();
    const server = createServer((request, response) => {
      const url = request.url ?? '/';
      if (url === '/metrics') {
        response.end(batches());
        return;
      }
      lookUp(new URL(url, 'http://proxy').searchParams.get('fqdn') ?? '').then(
        ({ bytes }) => {
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
          response.end(bytes);
        },
        (error: unknown) => response.writeHead(502).end(String(error)),
      );
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address !== null && typeof address !== 'string') console.log(`http://127.0.0.1:${address.port}`);
    });
  });

// What no gateway in Node.js can undercut: node:http in front, undici behind, and the answer passed on as it came.
import { createServer } from 'node:http';
import { callUpstream } from './upstream.mjs';
import { announcePort } from './announce-port.mjs';

const domainIn = (url) => new URL(url, 'http://proxy').searchParams.get('fqdn') ?? '';

const answer = async (request, response) => {
  try {
    const { statusCode, headers, body } = await callUpstream(domainIn(request.url ?? '/'));
    const bytes = Buffer.from(await body.arrayBuffer());
    response.writeHead(statusCode, {
      'content-type': headers['content-type'] ?? 'application/json',
      'content-length': bytes.length,
    });
    response.end(bytes);
  } catch {
    response.writeHead(502).end();
  }
};

const server = createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1', () => announcePort(server));

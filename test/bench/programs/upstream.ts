import { createServer, type Socket } from 'node:net';
import { companyBytes, createCompanyWriter, numberDigits } from './companies.js';

/**
 * What the bench sends to the upstream: how long answers take from now on. It is answered with the count so far, and with
 * the most requests of any one second since the last order.
 */
export type UpstreamOrder = { latencyMs: number };
export type UpstreamReport = { url: string } | { requests: number; busiestSecond: number };

// A Firmable that knows every company, read and written by hand: what it takes is taken from whatever is measured.
const writeCompany = createCompanyWriter();
const head = [
  'HTTP/1.1 200 OK',
  'content-type: application/json',
  `content-length: ${companyBytes}`,
  'connection: keep-alive',
  '\r\n',
].join('\r\n');
// By domain at first; a record that is known is fetched again by its id.
const questions = ['GET /company?fqdn=c', 'GET /company?id=f'];
const end = '\r\n\r\n';

let latencyMs = 0;
let requests = 0;
let busiestSecond = 0;
/** When the requests of the last second came, in milliseconds; those before `oldest` are older. */
let times: number[] = [];
let oldest = 0;

const count = (): void => {
  requests += 1;
  const nowMs = performance.now();
  times.push(nowMs);
  while ((times[oldest] ?? nowMs) <= nowMs - 1_000) oldest += 1;
  busiestSecond = Math.max(busiestSecond, times.length - oldest);
  if (oldest < 100_000) return;
  times = times.slice(oldest);
  oldest = 0;
};

/** Answers one connection. Its one buffer is written anew for each answer: nobody asks again before it was read. */
const serve = (socket: Socket): void => {
  const answer = Buffer.concat([Buffer.from(head), Buffer.alloc(companyBytes)]);
  const company = answer.subarray(head.length);
  let rest = '';

  const write = (): void => {
    if (!socket.destroyed) socket.write(answer);
  };
  const take = (request: string): void => {
    count();
    const question = questions.find((one) => request.startsWith(one));
    if (question === undefined) {
      socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      return;
    }
    writeCompany(company, request.slice(question.length, question.length + numberDigits));
    if (latencyMs > 0) setTimeout(write, latencyMs);
    else write();
  };

  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    rest += chunk.toString('latin1');
    // No way asks with a body, or before the answer to its last: a request ends with its headers.
    if (!rest.endsWith(end)) return;
    const request = rest;
    rest = '';
    take(request);
  });
  socket.on('error', () => socket.destroy());
};

const report = (report: UpstreamReport): void => {
  process.send?.(report);
};

process.on('message', (order: UpstreamOrder) => {
  ({ latencyMs } = order);
  report({ requests, busiestSecond });
  busiestSecond = 0;
});
process.once('disconnect', () => process.exit(0));
const server = createServer(serve);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address !== 'string') report({ url: `http://127.0.0.1:${address.port}` });
});

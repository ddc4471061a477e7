import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Clock } from '../platform/clock.js';
import { exampleTabs } from './example-tabs.js';

type Page = { html: Buffer; gzipped: Buffer; etag: string; policy: string };
type Demo = { token: string } | null;

/**
 * Serves GraphiQL wholly from this process: one page with its script, styles and workers inside, so that it works on
 * a machine without internet. The page (9 MB, 2.4 MB gzipped) is made at the first visit; until then it costs nothing.
 * The demo's token is written into it only while the demo is on, and only for a browser on this very machine: a page
 * that hands out a credential must not do so to the network, nor to a name that a foreign site points here (DNS
 * rebinding).
 */
export const createGraphiqlAnswer = (
  demo: Demo,
  clock: Clock,
): ((request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
  const pages = new Map<string, Promise<Page>>();
  return async (request, response) => {
    const token = demo !== null && isLocal(request) ? demo.token : '';
    const page = await (pages.get(token) ?? remember(pages, token, clock));
    response.setHeader('content-security-policy', page.policy);
    response.setHeader('cache-control', 'private, no-cache');
    response.setHeader('etag', page.etag);
    response.setHeader('vary', 'accept, accept-encoding, host');
    if (request.headers['if-none-match'] === page.etag) {
      response.writeHead(304).end();
      return;
    }
    const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    if (zipped) response.setHeader('content-encoding', 'gzip');
    const body = zipped ? page.gzipped : page.html;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
};

const remember = (pages: Map<string, Promise<Page>>, token: string, clock: Clock): Promise<Page> => {
  const page = makePage(token, clock.now());
  pages.set(token, page);
  page.catch(() => pages.delete(token));
  return page;
};

const makePage = async (token: string, now: Date): Promise<Page> => {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const authorization = `Bearer ${token === '' ? 'fgw_paste_your_token_here' : token}`;
  const text = renderGraphiQL({
    title: 'firmable-gateway',
    endpoint: '/graphql',
    defaultTabs: exampleTabs(now),
    // New tabs, and all tabs after a reload, begin with these headers; what is typed over them stays in the page.
    headers: JSON.stringify({ Authorization: authorization }, null, 2),
    shouldPersistHeaders: false,
    additionalHeaders: { 'x-graphql-yoga-csrf': '1' },
  });
  const html = Buffer.from(text, 'utf8');
  return {
    html,
    gzipped: await promisify(gzip)(html),
    etag: `"${createHash('sha256').update(html).digest('base64url')}"`,
    policy: policyFor(text),
  };
};

/** Only the page's own script may run, named by its hash; everything else comes from this origin or from the page. */
const policyFor = (html: string): string => {
  const start = html.indexOf('<script>') + '<script>'.length;
  const script = html.slice(start, html.indexOf('</script>', start));
  const hash = createHash('sha256').update(script.replace(/\r\n?/g, '\n'), 'utf8').digest('base64');
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}' blob:`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
};

const isLocal = (request: IncomingMessage): boolean => {
  const address = request.socket.remoteAddress ?? '';
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  return (
    /^(::1|127\.\d+\.\d+\.\d+|::ffff:127\.\d+\.\d+\.\d+)$/.test(address) &&
    /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host)
  );
};

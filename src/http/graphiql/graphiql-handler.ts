import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../platform/time.js';
import { exampleTabs } from './example-tabs.js';
import { chooseActiveTab } from './choose-active-tab.js';
import { offeredToken, type TokenOffer } from '../offered-token.js';
import { makeServedFile, sendFile, type ServedFile } from '../served-file.js';

type Page = ServedFile & { policy: string };

/**
 * Serves GraphiQL from this process alone: one page that contains its script, styles and workers, so that it works
 * without internet. The page (9 MB, 2.4 MB gzipped) is rendered at the first visit. It contains the demo's token if one
 * is offered, and only for a browser on this machine.
 */
export const createGraphiqlHandler = (
  offerToken: TokenOffer,
  clock: Clock,
): ((request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
  let pages = new Map<string, Promise<Page>>();
  let day = '';
  return async (request, response) => {
    const now = clock.now();
    // The examples contain dates, so the page is rendered once a day.
    if (day !== now.toISOString().slice(0, 10)) {
      day = now.toISOString().slice(0, 10);
      pages = new Map();
    }
    const token = await offeredToken(offerToken, request);
    const page = await (pages.get(token) ?? renderOnce(pages, token, now));
    response.setHeader('content-security-policy', page.policy);
    sendFile(request, response, page);
  };
};

const renderOnce = (pages: Map<string, Promise<Page>>, token: string, now: Date): Promise<Page> => {
  const page = renderPage(token, now);
  pages.set(token, page);
  page.catch(() => pages.delete(token));
  return page;
};

const renderPage = async (token: string, now: Date): Promise<Page> => {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const authorization = `Bearer ${token === '' ? 'fgw_paste_your_token_here' : token}`;
  const tabs = exampleTabs(now);
  const rendered = renderGraphiQL({
    title: 'firmable-gateway',
    logo: '<a href="/" title="Dashboard"><img src="/dashboard/icon.svg" alt="Dashboard" width="26" height="26" /></a>',
    endpoint: '/graphql',
    defaultTabs: tabs,
    // New tabs, and all tabs after a reload, start with these headers; changes to them stay in the page.
    headers: JSON.stringify({ Authorization: authorization }, null, 2),
    shouldPersistHeaders: false,
    additionalHeaders: { 'x-graphql-yoga-csrf': '1' },
  });
  const text = rendered.replace(
    '<div id="root"></div>',
    (root) => `<style>${layoutFixes}</style>${root}<script>${chooseActiveTab(tabs)}</script>`,
  );
  return { ...(await makeServedFile(Buffer.from(text, 'utf8'), 'html')), policy: policyFor(text) };
};

/**
 * Fixes of GraphiQL's layout. Its tabs move away when the mouse button goes down on them, so that the click misses them.
 * On a narrow screen the response would be as wide as a few letters, so it goes below the query.
 */
const layoutFixes = `
  .graphiql-tab { transform: none !important }
  @media (max-width: 700px) {
    div:has(> .graphiql-editors) { flex-direction: column }
    .graphiql-horizontal-drag-bar, .graphiql-logo { display: none }
  }
`;

/** Only the page's own scripts may run, listed by their hashes; everything else is in the page or from this origin. */
const policyFor = (html: string): string => {
  const hashes = scriptsOf(html).map((script) => {
    const hash = createHash('sha256').update(script.replace(/\r\n?/g, '\n'), 'utf8').digest('base64');
    return `'sha256-${hash}'`;
  });
  return [
    "default-src 'none'",
    `script-src ${hashes.join(' ')} blob:`,
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

/** The text of each script up to the next end tag, as a browser finds it. */
const scriptsOf = (html: string): string[] => {
  const scripts: string[] = [];
  for (let start = html.indexOf(startTag); start !== -1; start = html.indexOf(startTag, start)) {
    const end = html.indexOf('</script>', start);
    scripts.push(html.slice(start + startTag.length, end));
    start = end;
  }
  return scripts;
};

const startTag = '<script>';

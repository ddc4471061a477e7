import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../platform/time.js';
import { offeredToken, type TokenOffer } from '../offered-token.js';
import { sendJson } from '../send-json.js';
import { makeServedFile, sendFile, type ServedFile } from '../served-file.js';
import { exampleTabs } from './example-tabs.js';
import { readGraphiqlFiles } from './graphiql-files.js';

type GraphiqlOptions = {
  offerToken: TokenOffer;
  /** The path under which the gateway is served, without a slash at its end. */
  basePath: string;
  clock: Clock;
};

/**
 * Serves GraphiQL from this process alone, so that it works without internet: the page at /graphql, and Yoga's build
 * of it under /graphiql, which is read at the first visit. The dashboard's build has the script that starts it
 * (src/dashboard/graphiql), and is the one place that knows where the viewer's token is. The page contains the demo's token if one is offered, and only for a
 * browser on this machine.
 */
export const createGraphiqlHandler = ({
  offerToken,
  basePath,
  clock,
}: GraphiqlOptions): ((
  request: IncomingMessage,
  response: ServerResponse,
  address: string,
) => Promise<void>) => {
  let reading: Promise<ReadonlyMap<string, ServedFile>> | null = null;
  const readFiles = (): Promise<ReadonlyMap<string, ServedFile>> => {
    reading ??= readGraphiqlFiles().catch((error: unknown) => {
      reading = null;
      throw error;
    });
    return reading;
  };
  return async (request, response, address) => {
    const file =
      address === '/graphql'
        ? await makePage({
            basePath,
            demoToken: await offeredToken(offerToken, request),
            examples: exampleTabs(clock.now()),
          })
        : (await readFiles()).get(address.slice('/graphiql/'.length));
    if (file === undefined) {
      sendJson(response, 404, { error: 'Not found: GraphiQL is at /graphql.' });
      return;
    }
    response.setHeader('content-security-policy', policy);
    sendFile(request, response, file);
  };
};

type Settings = { basePath: string; demoToken: string; examples: ReturnType<typeof exampleTabs> };

/** The page, with the settings that src/dashboard/graphiql reads. */
const makePage = (settings: Settings): Promise<ServedFile> => {
  const base = settings.basePath;
  const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>firmable-gateway</title>
    <link rel="icon" href="${base}/dashboard/icon.svg" />
    <link rel="stylesheet" href="${base}/graphiql/graphiql.css" />
    <link rel="stylesheet" href="${base}/dashboard/graphiql.css" />
    <script type="application/json" id="settings">${JSON.stringify(settings).replaceAll('<', '\\u003c')}</script>
    <script defer src="${base}/graphiql/graphiql.js"></script>
    <script defer src="${base}/dashboard/graphiql.js"></script>
  </head>
  <body>
    <main>
      <h1>GraphiQL of firmable-gateway</h1>
      <div id="root"></div>
    </main>
    <noscript>GraphiQL needs JavaScript. The API does not.</noscript>
  </body>
</html>
`;
  return makeServedFile(Buffer.from(page, 'utf8'), 'html');
};

/** Scripts from this origin only. GraphiQL's editor writes its styles itself, and its fonts and images are in the styles. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  'font-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

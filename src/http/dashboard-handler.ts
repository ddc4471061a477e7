import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { offeredToken, type TokenOffer } from './offered-token.js';
import { sendJson } from './send-json.js';
import { type FileKind, makeServedFile, sendFile, type ServedFile } from './served-file.js';

/** The pages of the dashboard: the paths at which a browser gets the application, which shows the page. */
const pages = [
  '/',
  '/usage',
  '/usage/entries',
  '/enrich',
  '/jobs',
  '/records',
  '/connections',
  '/waterfalls',
  '/budgets',
  '/alerts',
  '/access',
  '/audit-log',
  '/settings',
];

/** Whether a path is one of the dashboard's pages; a record or a job has its id behind /records/ or /jobs/. */
export const isDashboardPage = (address: string): boolean =>
  pages.includes(address) || /^\/(?:jobs|records)\/[^/]+$/.test(address);

export type DashboardOptions = {
  offerToken: TokenOffer;
  /** The path under which the gateway is served, without a slash at its end. */
  basePath: string;
  /** Where the build of the dashboard is, if not where the build writes it. */
  folder?: string | undefined;
};

/**
 * Serves the dashboard: the application at each of its pages, and its files under /dashboard. Its content security policy
 * allows this origin only. Files are read at the first visit. The page contains the demo's token if one is offered, and
 * only for a browser on this machine.
 */
export const createDashboardHandler = ({
  offerToken,
  basePath,
  folder = builtDashboard(),
}: DashboardOptions): ((
  request: IncomingMessage,
  response: ServerResponse,
  address: string,
) => Promise<void>) => {
  let reading: Promise<DashboardFiles | null> | null = null;
  const read = (): Promise<DashboardFiles | null> => {
    reading ??= readDashboard(folder, basePath).then(
      (files) => {
        if (files === null) reading = null;
        return files;
      },
      (error: unknown) => {
        reading = null;
        throw error;
      },
    );
    return reading;
  };
  return async (request, response, address) => {
    const dashboard = await read();
    if (dashboard === null) {
      sendJson(response, 404, {
        error: 'The dashboard is not built: run npm run build, and restart the gateway.',
      });
      return;
    }
    const file = isDashboardPage(address)
      ? await pageFor(dashboard.page, offerToken, request)
      : dashboard.files.get(address);
    if (file === undefined) {
      sendJson(response, 404, { error: 'Not found: the dashboard is at /.' });
      return;
    }
    response.setHeader('content-security-policy', policy);
    sendFile(request, response, file);
  };
};

const pageFor = async (page: string, offerToken: TokenOffer, request: IncomingMessage) => {
  const token = await offeredToken(offerToken, request);
  const text = page.replace('name="demo-token" content=""', () => `name="demo-token" content="${token}"`);
  return makeServedFile(Buffer.from(text, 'utf8'), 'html');
};

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The build writes all modules into one folder, and the dashboard into a folder in it. */
const builtDashboard = (): string => path.resolve(import.meta.dirname, 'dashboard');

type DashboardFiles = {
  /** Without the token. */
  page: string;
  /** The files of the application, by their paths. */
  files: ReadonlyMap<string, ServedFile>;
};

/** Reads the build into memory; null if there is none. Only these files are served, whatever a request's path is. */
const readDashboard = async (folder: string, basePath: string): Promise<DashboardFiles | null> => {
  if (!existsSync(path.join(folder, documentsName))) return null;
  const page = readFileSync(path.join(folder, 'page.html'), 'utf8');
  const served = readdirSync(folder).flatMap((name) => {
    const kind = kindOf(name);
    return kind === null ? [] : [serve(folder, name, kind)];
  });
  return { page: page.replaceAll('{{base}}', () => basePath), files: new Map(await Promise.all(served)) };
};

const serve = async (folder: string, name: string, kind: FileKind): Promise<[string, ServedFile]> => {
  const file = await makeServedFile(readFileSync(path.join(folder, name)), kind);
  // The content of a name with a hash never changes.
  return [`/dashboard/${name}`, { ...file, immutable: /-[A-Z0-9]{8}\.\w+$/.test(name) }];
};

const kindOf = (name: string): FileKind | null => {
  const [, extension] = /\.(css|js|svg)$/.exec(name) ?? [];
  return extension === 'css' || extension === 'js' || extension === 'svg' ? extension : null;
};

/** The documents that the dashboard sends, as the build listed them; none if it is not built. */
export const readDashboardDocuments = (folder = builtDashboard()): string[] => {
  const file = path.join(folder, documentsName);
  if (!existsSync(file)) return [];
  const documents: string[] = JSON.parse(readFileSync(file, 'utf8'));
  return documents;
};

/** The build writes it last. */
const documentsName = 'documents.json';

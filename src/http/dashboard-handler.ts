import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { offeredToken, type TokenOffer } from './offered-token.js';
import { sendJson } from './send-json.js';
import { type FileKind, makeServedFile, sendFile, type ServedFile } from './served-file.js';

export type DashboardFolders = {
  /** The page and its styles. */
  pageDir: string;
  /** The scripts that the build writes. */
  scriptsDir: string;
};

/**
 * Serves the dashboard: the page, or one of its files under /dashboard. Its content security policy allows this origin
 * only. Files are read at the first visit. The page contains the demo's token if one is offered, and only for a browser
 * on this machine.
 */
export const createDashboardHandler = (
  offerToken: TokenOffer,
  folders: DashboardFolders = defaultFolders(),
): ((request: IncomingMessage, response: ServerResponse, address: string) => Promise<void>) => {
  let reading: Promise<DashboardFiles> | null = null;
  const read = (): Promise<DashboardFiles> => {
    reading ??= readDashboard(folders).catch((error: unknown) => {
      reading = null;
      throw error;
    });
    return reading;
  };
  return async (request, response, address) => {
    const { page, files } = await read();
    if (address === '/' && page === null) {
      sendJson(response, 404, {
        error: 'The dashboard is not built: run npm run build, and restart the gateway.',
      });
      return;
    }
    const file = address === '/' ? await pageFor(page ?? '', offerToken, request) : files.get(address);
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

/** The page is in src/dashboard of the repository; its scripts are beside this build. */
const defaultFolders = (): DashboardFolders => {
  let root = import.meta.dirname;
  while (!existsSync(path.join(root, 'package.json')) && path.dirname(root) !== root)
    root = path.dirname(root);
  return {
    pageDir: path.join(root, 'src', 'dashboard'),
    scriptsDir: path.resolve(import.meta.dirname, '../dashboard'),
  };
};

type DashboardFiles = {
  /** Without the token; null if the scripts are not built. */
  page: string | null;
  /** The files of the page, by their paths. */
  files: ReadonlyMap<string, ServedFile>;
};

/**
 * Reads the dashboard into memory: the page and its styles from src/dashboard, the built scripts, and the chart library
 * from its package. Only these files are served, whatever a request's path is.
 */
const readDashboard = async ({ pageDir, scriptsDir }: DashboardFolders): Promise<DashboardFiles> => {
  const styles = namesIn(pageDir, '.css').map((name) => [name, path.join(pageDir, name)] as const);
  // Listed by their sources: the build may still hold scripts whose sources are gone.
  const scripts = namesIn(pageDir, '.ts')
    .filter((name) => !name.endsWith('.d.ts'))
    .map((name) => name.replace(/\.ts$/, '.js'))
    .map((name) => [name, path.join(scriptsDir, name)] as const);
  const isBuilt = scripts.every(([, file]) => existsSync(file));
  const library = path.dirname(createRequire(import.meta.url).resolve('uplot'));
  const found = [
    ...styles,
    ...(isBuilt ? scripts : []),
    ['icon.svg', path.join(pageDir, 'icon.svg')],
    ['uplot.js', path.join(library, 'uPlot.esm.js')],
    ['uplot.css', path.join(library, 'uPlot.min.css')],
  ] as const;
  const served = found.map(async ([name, file]) => {
    const made = await makeServedFile(readFileSync(file), kindOf(name));
    return [`/dashboard/${name}`, made] as const;
  });
  const files = new Map(await Promise.all(served));
  // With all modules listed, the browser fetches them in parallel instead of discovering one through another.
  const preloads = [...files.keys()]
    .filter((file) => file.endsWith('.js'))
    .map((file) => `<link rel="modulepreload" href="${file}" />`);
  const page = readFileSync(path.join(pageDir, 'page.html'), 'utf8');
  const withPreloads = page.replace('<!-- preloads -->', () => preloads.join('\n    '));
  return { page: isBuilt ? withPreloads : null, files };
};

const namesIn = (folder: string, suffix: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith(suffix))
    .toSorted();

const kindOf = (name: string): FileKind => {
  if (name.endsWith('.css')) return 'css';
  return name.endsWith('.svg') ? 'svg' : 'js';
};

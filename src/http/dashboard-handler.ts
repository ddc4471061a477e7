import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { sendJson } from './send-json.js';
import { offeredToken, type TokenOffer } from './offered-token.js';
import { type DashboardFiles, readDashboard } from './read-dashboard.js';
import { makeServedFile, sendFile } from './served-file.js';

export type DashboardPlace = {
  /** Where the page and its styles stand. */
  pageDir: string;
  /** Where the build has left the scripts. */
  scriptsDir: string;
};

/**
 * Serves the dashboard: the page, or one of its files by its address under /dashboard. All of it is our own, and its
 * policy lets nothing else be loaded, run or asked. It is read at the first visit. The demo's token goes into the page
 * where there is one to offer, and only for a browser on this machine.
 */
export const createDashboardHandler = (
  offerToken: TokenOffer,
  place: DashboardPlace = ownPlace(),
): ((address: string, request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
  let reading: Promise<DashboardFiles> | null = null;
  const read = (): Promise<DashboardFiles> => {
    reading ??= readDashboard(place.pageDir, place.scriptsDir).catch((error: unknown) => {
      reading = null;
      throw error;
    });
    return reading;
  };
  return async (address, request, response) => {
    const { page, files } = await read();
    if (address === '/' && page === null) {
      sendJson(response, 404, { error: 'The dashboard is not built: run npm run build, and start again.' });
      return;
    }
    const file = address === '/' ? await pageFor(page ?? '', offerToken, request) : files.get(address);
    if (file === undefined) {
      sendJson(response, 404, { error: 'The dashboard has no such file: it is at /.' });
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

/** The page stands in src/dashboard of the repository; its scripts beside this very build. */
const ownPlace = (): DashboardPlace => {
  let root = import.meta.dirname;
  while (!existsSync(path.join(root, 'package.json')) && path.dirname(root) !== root)
    root = path.dirname(root);
  return {
    pageDir: path.join(root, 'src', 'dashboard'),
    scriptsDir: path.resolve(import.meta.dirname, '../dashboard'),
  };
};

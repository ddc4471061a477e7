import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FetchAPI, Plugin, YogaServer } from 'graphql-yoga';
import type { GatewayContext } from '../graphql/context.js';
import { readJson } from './read-json.js';

export type FastDoor = {
  /** To be put among Yoga's plugins: by it the door learns of the Yoga it belongs to. */
  plugin: Plugin;
  /** Answers a plain POST (`isPlainPost`). */
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

/**
 * Makes a door through the whole of Yoga, hooks and all, that reads and writes with node:http: the streams, signals and
 * header maps that Yoga's adapter makes around a request cost several times what GraphQL does. The body is read when
 * Yoga asks for it, which is after the caller is known. Throws where one of `plugins` has a hook of the adapter, which
 * this door would pass by.
 */
export const createFastDoor = (plugins: readonly object[]): FastDoor => {
  if (plugins.some((plugin) => 'onRequest' in plugin || 'onResponse' in plugin))
    throw new Error('a plugin has onRequest or onResponse: only the long way would call it');
  const made: { yoga: YogaServer<Record<string, unknown>, GatewayContext> | null } = { yoga: null };
  return {
    plugin: {
      onYogaInit: ({ yoga }) => {
        made.yoga = yoga;
      },
    },
    answer: async (request, response) => {
      if (made.yoga === null) throw new Error('the fast door belongs to no Yoga');
      const answer = await made.yoga.handle(lightRequest(made.yoga.fetchAPI, request), { waitUntil });
      // One JSON answer to a request of known length: this text stands in memory already.
      const text = await answer.text();
      if (response.destroyed || response.writableEnded) return;
      answer.headers.forEach((value, name) => {
        response.setHeader(name, value);
      });
      response.writeHead(answer.status, answer.statusText);
      response.end(text);
    },
  };
};

/** A request without a stream: hooks see its method and headers, and its parser asks for its JSON alone. */
const lightRequest = ({ Request }: FetchAPI, request: IncomingMessage): Request => {
  const headers: Record<string, string> = {};
  for (const name in request.headers) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  const light = new Request('http://localhost/graphql', { method: 'POST', headers });
  light.json = () => readJson(request);
  return light;
};

const waitUntil = (): void => {};

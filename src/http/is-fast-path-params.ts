import type { GraphQLParams } from 'graphql-yoga';

export type FastPathParams = GraphQLParams & { query: string };

/** Whether a body holds one operation, and of what GraphQL over HTTP allows beside it only what it should be. */
export const isFastPathParams = (body: unknown): body is FastPathParams =>
  isObject(body) &&
  Object.keys(body).every((name) => names.has(name)) &&
  typeof body['query'] === 'string' &&
  (body['operationName'] === undefined || typeof body['operationName'] === 'string') &&
  (body['variables'] === undefined || isObject(body['variables'])) &&
  (body['extensions'] === undefined || isObject(body['extensions']));

const names: ReadonlySet<string> = new Set(['query', 'variables', 'operationName', 'extensions']);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

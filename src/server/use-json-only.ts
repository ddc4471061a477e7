import type { Plugin } from 'graphql-yoga';
import { createGraphQLError } from 'graphql-yoga';

/**
 * Refuses the content types that a foreign page's form may post without asking the browser first (CSRF), unless the
 * header X-GraphQL-Yoga-CSRF shows that it was asked. JSON always causes that question.
 */
export const useJsonOnly = (): Plugin => ({
  onRequestParse: ({ request }) => {
    if (request.method !== 'POST' || request.headers.has('x-graphql-yoga-csrf')) return;
    const contentType = request.headers.get('content-type')?.toLowerCase() ?? '';
    if (!formTypes.some((type) => contentType.startsWith(type))) return;
    throw createGraphQLError('Requests must be JSON: send the header Content-Type: application/json.', {
      extensions: { http: { status: 403 } },
    });
  },
});

const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

import { createGraphQLError, type Plugin } from 'graphql-yoga';

/**
 * Takes JSON alone. The content types that a foreign page's form may post without asking the browser first (CSRF) are
 * refused unless the header X-GraphQL-Yoga-CSRF shows that it was asked; JSON always causes that question.
 */
export const useCsrfPrevention = (): Plugin => ({
  onRequestParse: ({ request }) => {
    if (request.method !== 'POST') return;
    const contentType = request.headers.get('content-type')?.toLowerCase() ?? '';
    const begins = (type: string): boolean => contentType.startsWith(type);
    if (formTypes.some(begins)) {
      if (!request.headers.has('x-graphql-yoga-csrf')) throw notJson(403);
    } else if (!jsonTypes.some(begins)) {
      throw notJson(415);
    }
  },
});

const jsonTypes = ['application/json', 'application/graphql'];
const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

const notJson = (status: number): Error =>
  createGraphQLError('Requests must be JSON: send the header Content-Type: application/json.', {
    extensions: { http: { status } },
  });

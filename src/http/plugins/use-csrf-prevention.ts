import { createGraphQLError, type Plugin } from 'graphql-yoga';

/**
 * Prevents cross-site request forgery: a POST must be JSON. A foreign page can send the content types of HTML forms
 * without a CORS preflight, so these are refused unless the header X-GraphQL-Yoga-CSRF is present, which cannot be sent
 * without one. JSON always causes a preflight.
 */
export const useCsrfPrevention = (): Plugin => ({
  onRequestParse: ({ request }) => {
    if (request.method !== 'POST') return;
    const contentType = request.headers.get('content-type')?.toLowerCase() ?? '';
    const startsWith = (type: string): boolean => contentType.startsWith(type);
    if (formTypes.some(startsWith)) {
      if (!request.headers.has('x-graphql-yoga-csrf')) throw notJson(403);
    } else if (!jsonTypes.some(startsWith)) {
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

import { createGraphQLError, type Plugin } from 'graphql-yoga';

/**
 * Checks what Yoga does not: that the variables and extensions of an address or a form are JSON, and the type of the operation's
 * name.
 */
export const useParamsCheck = (): Plugin => ({
  onRequestParse: ({ requestParser, setRequestParser }) => {
    if (requestParser === undefined) return;
    setRequestParser(async (request) => {
      try {
        return await requestParser(request);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        throw createGraphQLError(
          '"variables" and "extensions" must be JSON: write them as {"name":"value"}.',
          {
            extensions: { http: { status: 400 } },
          },
        );
      }
    });
  },
  onParams: ({ params }) => {
    const name: unknown = params.operationName;
    if (name !== undefined && typeof name !== 'string') {
      throw createGraphQLError(
        '"operationName" must be a string: send the name of an operation, or leave it out.',
        {
          extensions: { http: { status: 400 } },
        },
      );
    }
  },
});

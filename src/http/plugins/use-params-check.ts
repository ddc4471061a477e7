import { createGraphQLError, type Plugin } from 'graphql-yoga';

/** Checks what Yoga does not: the type of the operation's name. */
export const useParamsCheck = (): Plugin => ({
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

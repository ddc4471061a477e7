import { createGraphQLError, type GraphQLParams, type Plugin } from 'graphql-yoga';
import { GatewayError } from '../../errors.js';

/**
 * Checks what Yoga does not: the type of the operation's name, and whether the hash or the name of a document stands in
 * its place. That is refused with the code that clients of persisted queries know: Apollo Client and urql send the
 * document then, and no more hashes.
 */
export const useParamsCheck = (): Plugin => ({
  onParams: ({ params }) => {
    if (!isText(params.query) && namesDocument(params)) {
      // Clients compare the message.
      throw new GatewayError('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
    }
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

const namesDocument = (params: GraphQLParams): boolean =>
  params.extensions?.['persistedQuery'] !== undefined ||
  ['documentId', 'doc_id', 'id'].some((name) => isText(Reflect.get(params, name)));

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

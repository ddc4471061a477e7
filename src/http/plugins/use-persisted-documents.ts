import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import { type DocumentNode, Kind } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { GatewayError } from '../../errors.js';
import type { Documents } from '../documents/create-documents.js';

type Hooks = Plugin & Required<Pick<Plugin, 'onParams'>>;

/**
 * Puts the document in the place of its id, which is written as GraphQL over HTTP (`documentId`), Apollo Client and urql
 * (`extensions.persistedQuery`) or Relay (`doc_id`, `id`) do; and registers a document that comes with its hash.
 */
export const usePersistedDocuments = (
  documents: Documents,
  workspaceOf: (request: Request) => Promise<string>,
): Hooks => {
  const byId = usePersistedOperations({
    allowArbitraryOperations: true,
    extractPersistedOperationId: idOf,
    getPersistedOperation: async (id, request) => documents.find(await workspaceOf(request), id),
    customErrors: { notFound: ({ params }) => notFound(documents, params) },
  });
  return {
    // Not async: most requests have a document and no hash.
    onParams: (payload) => {
      const { params, request } = payload;
      if (!isText(params.query)) {
        const id = idOf(params, request);
        if (id === null && params.extensions?.['persistedQuery'] !== undefined) throw unsupported();
        if (id === null) return;
        if (documents.mode === 'off') throw unsupported();
        return byId.onParams?.(payload);
      }
      if (isText(Reflect.get(params, 'documentId'))) throw both();
      const hash = hashOf(params);
      if (hash === null || documents.mode !== 'automatic') return;
      const { query } = params;
      return workspaceOf(request).then((workspaceId) => documents.register(workspaceId, hash, query));
    },
  };
};

/**
 * In the mode allowlist, refuses every document whose text is not listed, before it is validated; except introspection,
 * which shows the API only, if `introspection` is on.
 */
export const useAllowlist = (documents: Documents, { introspection }: { introspection: boolean }): Plugin =>
  documents.mode !== 'allowlist'
    ? {}
    : {
        onParse: ({ params }) => {
          if (documents.isListed(params.source.toString())) return;
          if (!introspection) throw notListed();
          return ({ result }) => {
            if (!isDocument(result) || !isIntrospection(result)) throw notListed();
          };
        },
      };

const isDocument = (result: unknown): result is DocumentNode =>
  typeof result === 'object' && result !== null && 'definitions' in result;

/** Whether all top-level fields read the schema, and at least one does. */
const isIntrospection = ({ definitions }: DocumentNode): boolean => {
  const fields = definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [],
  );
  const names = fields.map((field) => (field.kind === Kind.FIELD ? field.name.value : ''));
  return (
    names.some((name) => name !== '__typename') &&
    names.every((name) => ['__schema', '__type', '__typename'].includes(name))
  );
};

/** The hash of Apollo's automatic persisted queries, version 1, which is the only one. */
const hashOf = ({ extensions }: GraphQLParams): string | null => {
  const persisted: unknown = extensions?.['persistedQuery'];
  if (typeof persisted !== 'object' || persisted === null) return null;
  const [version, hash]: unknown[] = [
    Reflect.get(persisted, 'version'),
    Reflect.get(persisted, 'sha256Hash'),
  ];
  return version === 1 && typeof hash === 'string' && hash !== '' ? hash : null;
};

const idOf = (params: GraphQLParams, request: Request): string | null => {
  const hash = hashOf(params);
  if (hash !== null) return hash;
  const inUrl = request.method === 'GET' ? new URL(request.url).searchParams : null;
  for (const name of idNames) {
    const id: unknown = Reflect.get(params, name) ?? inUrl?.get(name);
    if (isText(id)) return id;
  }
  return null;
};

const idNames = ['documentId', 'doc_id', 'id'];

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Clients compare the messages of both: after the first they send the document with its hash, after the second no more hashes. */
const notFound = ({ mode, hasListed }: Documents, params: GraphQLParams): GatewayError =>
  hashOf(params) === null && mode === 'automatic' && !hasListed
    ? unsupported()
    : new GatewayError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');

const unsupported = (): GatewayError =>
  new GatewayError('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');

const both = (): GatewayError =>
  new GatewayError('BAD_REQUEST', 'The request has both a query and a documentId: send one of them.');

const notListed = (): GatewayError =>
  new GatewayError(
    'PERSISTED_QUERY_NOT_IN_LIST',
    'This gateway runs listed documents only, and this one is not listed: send one that is, or its id. The operator lists documents in PERSISTED_DOCUMENTS_FILE.',
  );

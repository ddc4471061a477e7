import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import WithInputPlugin from '@pothos/plugin-with-input';
import { fromPublicId, type IdKind, kindOfPublicId, toPublicId } from '../access/public-ids.js';
import type { GatewayContext } from './context.js';
import { typeOfRecord } from './record-id.js';

const nodeKinds = {
  Connection: 'connection',
  Token: 'token',
  Budget: 'budget',
  Waterfall: 'waterfall',
  Entry: 'entry',
  Unlock: 'unlock',
  AuditEvent: 'audit',
  Alert: 'alert',
  AlertDestination: 'destination',
  SavedView: 'view',
  Job: 'job',
} as const satisfies Record<string, IdKind>;

const kindOf = new Map<string, IdKind>(Object.entries(nodeKinds));
const typeOf = new Map<IdKind | null, string>(Object.entries(nodeKinds).map(([type, kind]) => [kind, type]));

/** The type and id behind the id of a node; an empty type for an id of no node. */
const decodeNodeId = (written: string): { typename: string; id: string } => {
  const kind = kindOfPublicId(written);
  const typename = typeOf.get(kind);
  if (kind !== null && typename !== undefined) return { typename, id: fromPublicId(kind, written) };
  // Companies and people have the ids of their provider, with or without the type in front.
  const id = written.replace(/^[A-Z][a-z]+:/, '');
  if (/^(?:Person:|fp\d)/.test(written)) return { typename: 'Person', id };
  return { typename: /^(?:Company:|f\d)/.test(written) ? 'Company' : '', id };
};

/** The one builder that every noun adds to. Fields are nullable unless declared otherwise. */
export const builder = new SchemaBuilder<{
  Context: GatewayContext;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    Duration: { Input: number; Output: number };
    JSON: { Input: unknown; Output: unknown };
    TimeZone: { Input: string; Output: string };
    CreditLimit: { Input: bigint | 'UNLIMITED'; Output: bigint | 'UNLIMITED' };
  };
}>({
  plugins: [RelayPlugin, WithInputPlugin],
  relay: {
    encodeGlobalID: (typename, id) => {
      const kind = kindOf.get(typename);
      return kind === undefined ? String(id) : toPublicId(kind, String(id));
    },
    decodeGlobalID: decodeNodeId,
    nodeTypeOptions: { description: 'An object with an id that can be refetched.' },
    idFieldOptions: { description: 'The id: unique and stable.' },
    nodesQueryOptions: false,
    nodeQueryOptions: {
      description:
        'The object with this id; null if the workspace does not have it. A company or person is read from its snapshot; nothing is bought.',
      args: {
        id: {
          description:
            'An id as another field returned it; for a company or person also Company:f… or Person:fp….',
        },
      },
      resolve: async (_root, { id }, context, _info, resolveNode) => {
        // resolveNode reads the argument itself, whatever it is called with.
        if (id.typename === '') id.typename = await typeOfRecord(context, id.id);
        return id.typename === '' ? null : await resolveNode(id);
      },
    },
  },
  withInput: {
    typeOptions: {
      name: ({ fieldName }) => `${fieldName.charAt(0).toUpperCase()}${fieldName.slice(1)}Input`,
    },
  },
});

import { getTokens } from '../access/tokens.js';
import { getBudget } from '../budgets/read-budgets.js';
import { getConnection } from '../connections/read-connections.js';
import { getEntry } from '../usage/entry.js';
import { getUnlock } from '../usage/unlock.js';
import { getWaterfall } from '../waterfalls/read-waterfalls.js';
import { builder } from './builder.js';
import type { GatewayContext } from './context.js';
import { Node } from './node.js';
import { fromPublicId } from '../access/public-ids.js';
import { readNodeRecord } from './read-node-record.js';

type Read = (context: GatewayContext, id: string) => Promise<object | null>;

/** How each kind of id is read, by how the id begins; the first that fits reads it. None of them spends. */
const reads: readonly [RegExp, string, Read][] = [
  [
    /^con_/,
    'Connection',
    ({ app, lookupRequest }, id) => getConnection(app, lookupRequest.caller, fromPublicId('connection', id)),
  ],
  [
    /^tok_/,
    'Token',
    async ({ app, lookupRequest }, id) => readToken(app, lookupRequest.caller, fromPublicId('token', id)),
  ],
  [
    /^bud_/,
    'Budget',
    ({ app, lookupRequest }, id) => getBudget(app, lookupRequest.caller, fromPublicId('budget', id)),
  ],
  [
    /^wfl_/,
    'Waterfall',
    ({ app, lookupRequest }, id) => getWaterfall(app, lookupRequest.caller, fromPublicId('waterfall', id)),
  ],
  [
    /^ent_/,
    'Entry',
    ({ app, lookupRequest }, id) => getEntry(app, lookupRequest.caller, fromPublicId('entry', id)),
  ],
  [
    /^unl_/,
    'Unlock',
    ({ app, lookupRequest }, id) => getUnlock(app, lookupRequest.caller, fromPublicId('unlock', id)),
  ],
  [
    /^(Person:|fp\d)/,
    'Person',
    ({ app, lookupRequest }, id) => readNodeRecord(app, lookupRequest.caller, 'person', id),
  ],
  [
    /^(Company:|f\d)/,
    'Company',
    ({ app, lookupRequest }, id) => readNodeRecord(app, lookupRequest.caller, 'company', id),
  ],
];

builder.queryField('node', (t) =>
  t.field({
    type: Node,
    description:
      'The object with this id; null if the workspace does not have it. A company or person is read from its snapshot; nothing is bought.',
    args: {
      id: t.arg.id({
        required: true,
        description:
          'An id as another field returned it; for a company or person also Company:f… or Person:fp….',
      }),
    },
    resolve: async (_root, { id }, context) => {
      const [, typename, read] = reads.find(([begins]) => begins.test(id)) ?? [];
      const found = read === undefined ? null : await read(context, id);
      return found === null ? null : { ...found, __typename: typename };
    },
  }),
);

const readToken = async (
  app: GatewayContext['app'],
  caller: GatewayContext['lookupRequest']['caller'],
  id: string,
): Promise<object | null> => (await getTokens(app, caller, [id])).get(id) ?? null;

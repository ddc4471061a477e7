import type { RecordField as Field } from '../providers/provider.js';
import type { ProviderName as Provider } from '../providers/catalogue.js';
import type { Step } from '../waterfalls/step.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import { ProviderName, RecordField } from './enums.js';
import { fromPublicId } from '../platform/public-ids.js';

type Given<Value> = Value | null | undefined;
export type WaterfallStepInput = {
  provider?: Given<Provider>;
  connection?: Given<string>;
  require?: Given<Field[]>;
};

export const WaterfallStep = builder.inputRef<WaterfallStepInput>('WaterfallStep').implement({
  description: 'One step of a waterfall: a provider, a connection, or both.',
  fields: (t) => ({
    provider: t.field({
      type: ProviderName,
      description: 'The provider; if omitted, that of the connection.',
    }),
    connection: t.id({
      description: 'The connection that pays for this step; if omitted, the payer of the lookup.',
    }),
    require: t.field({
      type: [RecordField],
      description: 'Required fields. If one is missing, later steps fill it in.',
    }),
  }),
});

/** A step in the words of the rooms, still to be checked there. */
export const readStep = ({ provider, connection, require }: WaterfallStepInput) => ({
  provider,
  connectionId: typeof connection === 'string' ? fromPublicId('connection', connection) : null,
  require,
});

export const SavedWaterfallStep = builder.objectRef<Step>('SavedWaterfallStep').implement({
  description: 'One step of a saved waterfall.',
  fields: (t) => ({
    provider: t.expose('provider', { type: ProviderName, nullable: true, description: 'The provider.' }),
    connection: t.field({
      type: Connection,
      description: 'The connection that pays; null for the payer of the lookup.',
      resolve: ({ connectionId }, _args, { loaders }) => loaders.connection(connectionId),
    }),
    require: t.expose('require', {
      type: [RecordField],
      nullable: false,
      description: 'Required fields.',
    }),
  }),
});

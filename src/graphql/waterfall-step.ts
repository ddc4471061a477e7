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
      description: "Whom to ask; left out, the connection's provider.",
    }),
    connection: t.id({
      description: 'The connection that pays for this step; left out, whichever key pays for the provider.',
    }),
    require: t.field({
      type: [RecordField],
      description:
        'Fields without which the answer does not end the waterfall: it is kept, and later steps fill what is missing.',
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
    provider: t.expose('provider', { type: ProviderName, nullable: true, description: 'Who is asked.' }),
    connection: t.field({
      type: Connection,
      description: 'Which connection pays; null for whichever key pays for the provider.',
      resolve: ({ connectionId }, _args, { loaders }) => loaders.connection(connectionId),
    }),
    require: t.expose('require', {
      type: [RecordField],
      nullable: false,
      description: 'Fields without which the answer does not end the waterfall.',
    }),
  }),
});

import { z } from 'zod';
import { isId } from '../platform/ids.js';
import { type RecordField, recordFields } from '../providers/provider.js';
import { type ProviderName, providerNames } from '../providers/catalogue.js';

/** One step of a waterfall: whom to ask, with which connection, and what the answer must hold. */
export type Step = {
  /** Null: whose key the connection is. */
  provider: ProviderName | null;
  /** Null: whichever key pays for this provider. */
  connectionId: string | null;
  /** Fields without which the answer does not end the waterfall. */
  require: RecordField[];
};

export const stepsMax = 10;

const howMany = `A waterfall has 1 to ${stepsMax} steps: name the providers or connections to try, in order.`;

/** Steps as people send them. Whether the connections exist is for the database to say. */
export const stepsInput = z
  .array(
    z
      .object({
        provider: z
          .enum(providerNames, 'This is no provider: choose one of those in the catalogue.')
          .nullish(),
        connectionId: z.string().nullish(),
        require: z
          .array(z.enum(recordFields, 'This is no field that can be required: choose one of the schema.'))
          .nullish(),
      })
      .refine(
        ({ provider, connectionId }) => (provider ?? connectionId ?? null) !== null,
        'A step names a provider, a connection, or both: name one.',
      )
      .transform(
        ({ provider, connectionId, require }): Step => ({
          provider: provider ?? null,
          connectionId: connectionId?.toLowerCase() ?? null,
          require: [...new Set(require ?? [])],
        }),
      ),
    howMany,
  )
  .min(1, howMany)
  .max(stepsMax, howMany);

const keptSteps = z.array(
  z.object({
    provider: z.enum(providerNames).nullable(),
    connectionId: z.string().refine(isId).nullable(),
    require: z.array(z.enum(recordFields)),
  }),
);

/** Steps as a row keeps them. Throws where this release does not know a word of them: a fault of ours. */
export const readSteps = (kept: unknown): Step[] => keptSteps.parse(kept);

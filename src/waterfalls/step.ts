import * as z from 'zod';
import { isId } from '../platform/ids.js';
import { type RecordField, recordFields } from '../providers/provider.js';
import { type ProviderName, providerNames } from '../providers/catalogue.js';

/** One step of a waterfall: the provider, the connection, and the fields that its record must have. */
export type Step = {
  /** Null: the provider of the connection. */
  provider: ProviderName | null;
  /** Null: the default payer of this provider. */
  connectionId: string | null;
  /** A record without these fields does not end the waterfall. */
  require: RecordField[];
};

export const stepsMax = 10;

const countMessage = `A waterfall has 1 to ${stepsMax} steps: name the providers or connections to try, in order.`;

/** Steps as callers send them. Whether the connections exist is checked against the database. */
export const stepsInput = z
  .array(
    z
      .object({
        provider: z.enum(providerNames, 'Unknown provider: use one of the catalogue.').nullish(),
        connectionId: z.string().nullish(),
        require: z
          .array(z.enum(recordFields, 'This field cannot be required: use one of the schema.'))
          .nullish(),
      })
      .refine(
        ({ provider, connectionId }) => (provider ?? connectionId ?? null) !== null,
        'A step needs a provider, a connection, or both.',
      )
      .transform(
        ({ provider, connectionId, require }): Step => ({
          provider: provider ?? null,
          connectionId: connectionId?.toLowerCase() ?? null,
          require: [...new Set(require ?? [])],
        }),
      ),
    countMessage,
  )
  .min(1, countMessage)
  .max(stepsMax, countMessage);

const storedSteps = z.array(
  z.object({
    provider: z.enum(providerNames).nullable(),
    connectionId: z.string().refine(isId).nullable(),
    require: z.array(z.enum(recordFields)),
  }),
);

/** Steps as a row stores them. Throws for a provider or field that this release does not know. */
export const readSteps = (stored: unknown): Step[] => storedSteps.parse(stored);

import { and, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { charge, entries, outcome } from '../../schema/index.js';
import type { Caller } from '../access/caller.js';
import { isId } from '../platform/ids.js';
import { parseInput } from '../platform/parse-input.js';
import { instant } from './instant.js';

/** Which entries of the ledger are wanted; what is absent or null does not narrow. `from` counts in, `to` does not. */
export type EntryFilter = {
  from?: Date | null | undefined;
  to?: Date | null | undefined;
  connectionId?: string | null | undefined;
  provider?: string | null | undefined;
  operation?: string | null | undefined;
  workflow?: string | null | undefined;
  tokenId?: string | null | undefined;
  outcome?: (typeof outcome.enumValues)[number] | null | undefined;
  charge?: (typeof charge.enumValues)[number] | null | undefined;
  payer?: string | null | undefined;
  sandbox?: boolean | null | undefined;
};

/** The caller's own entries that pass the filter, as a condition on `entries`. Throws BAD_REQUEST. */
export const matchingEntries = (caller: Caller, filter: EntryFilter): SQL | undefined => {
  const wanted = parseInput(filterSchema, filter, 'BAD_REQUEST');
  return and(
    eq(entries.workspaceId, caller.workspaceId),
    narrow(wanted.from, (from) => gte(entries.at, from)),
    narrow(wanted.to, (to) => lt(entries.at, to)),
    narrow(wanted.connectionId, (id) => (isId(id) ? eq(entries.connectionId, id) : nothing)),
    narrow(wanted.provider, (provider) => eq(entries.provider, provider)),
    narrow(wanted.operation, (operation) => eq(entries.operation, operation)),
    narrow(wanted.workflow, (workflow) => eq(entries.workflow, workflow)),
    narrow(wanted.tokenId, (id) => (isId(id) ? eq(entries.tokenId, id) : nothing)),
    narrow(wanted.outcome, (outcome) => eq(entries.outcome, outcome)),
    narrow(wanted.charge, (charge) => eq(entries.charge, charge)),
    narrow(wanted.payer, (payer) => eq(entries.payer, payer)),
    narrow(wanted.sandbox, (sandbox) => eq(entries.sandbox, sandbox)),
  );
};

/** What cannot be an id is nobody's id. */
export const nothing = sql`false`;

export const narrow = <Value>(
  value: Value | null | undefined,
  by: (value: Value) => SQL | undefined,
): SQL | undefined => (value === null || value === undefined ? undefined : by(value));

const filterSchema = z.object({
  from: instant('from').nullish(),
  to: instant('to').nullish(),
  connectionId: z.string().nullish(),
  provider: z.string().nullish(),
  operation: z.string().nullish(),
  workflow: z.string().nullish(),
  tokenId: z.string().nullish(),
  outcome: z.enum(outcome.enumValues, 'This is no outcome: choose one of those in the schema.').nullish(),
  charge: z.enum(charge.enumValues, 'This is no charge: choose one of those in the schema.').nullish(),
  payer: z.string().nullish(),
  sandbox: z.boolean().nullish(),
});

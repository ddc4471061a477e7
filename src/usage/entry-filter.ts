import { and, eq, gt, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import * as z from 'zod';
import { charge, entries, outcome } from '../../schema/tables/index.js';
import type { Caller } from '../access/caller.js';
import { requireEntries, requireLookup } from '../ledger/archived-entries.js';
import { firstEntryIdSince } from '../ledger/first-entry-id.js';
import { isId } from '../platform/ids.js';
import { parseInput } from '../platform/parse-input.js';
import { instant, isInOrder, outOfOrder } from './period.js';

/** One value, or a list of which any matches. */
type OneOf<Value> = Value | readonly Value[] | null | undefined;

/** The labels that an entry may be without: those of a lookup without a workflow, or one that was refused before its payer was resolved. */
export const optionalLabels = ['CONNECTION', 'PROVIDER', 'WORKFLOW', 'PAYER'] as const;
export type OptionalLabel = (typeof optionalLabels)[number];

/** A filter by the labels that entries and their sums have. */
export type LabelFilter = {
  connectionId?: OneOf<string>;
  provider?: OneOf<string>;
  operation?: OneOf<string>;
  workflow?: OneOf<string>;
  tokenId?: OneOf<string>;
  outcome?: OneOf<(typeof outcome.enumValues)[number]>;
  payer?: OneOf<string>;
  sandbox?: boolean | null | undefined;
  /** Labels that are to be missing. Where values of the same label are given, either is enough. */
  without?: readonly OptionalLabel[] | null | undefined;
};

/** A filter of entries; what is absent or null matches all. `from` is inclusive, `to` is exclusive. */
export type EntryFilter = LabelFilter & {
  from?: Date | null | undefined;
  to?: Date | null | undefined;
  /** All steps of this lookup, and their corrections. */
  lookupId?: string | null | undefined;
  /** The entries that created or used this unlock. */
  unlockId?: string | null | undefined;
  /** The entries of the lookups of this job, and their corrections. */
  jobId?: string | null | undefined;
  charge?: OneOf<(typeof charge.enumValues)[number]>;
};

/**
 * The condition on `entries` for the caller's entries that match the filter. A statement with it fails where it names a
 * start or a lookup, and some of those entries are archived: run it by refuseArchived. Throws BAD_REQUEST.
 */
export const matchingEntries = (caller: Caller, filter: EntryFilter): SQL | undefined => {
  const wanted = parseInput(filterSchema, filter, 'BAD_REQUEST');
  return and(
    matchingLabels(entries, caller, filter),
    narrow(wanted.from, occurredSince),
    narrow(wanted.to, (to) => lt(entries.occurredAt, to)),
    narrow(wanted.from, (from) => requireEntries(caller, from, wanted.to ?? null)),
    narrow(wanted.lookupId, (id) => (isId(id) ? and(ofLookup(id), requireLookup(caller, id)) : nothing)),
    narrow(wanted.unlockId, (id) => (isId(id) ? eq(entries.unlockId, id) : nothing)),
    narrow(wanted.jobId, (id) => (isId(id) ? eq(entries.jobId, id) : nothing)),
    among(entries.charge, wanted.charge),
  );
};

/** The condition for the entries that occurred since an instant, by which earlier partitions are left out. */
export const occurredSince = (from: Date): SQL | undefined =>
  and(gte(entries.occurredAt, from), gte(entries.id, firstEntryIdSince(from)));

type LabelColumns = Record<'workspaceId' | Exclude<keyof LabelFilter, 'without'>, AnyPgColumn>;

/** The condition for a table with the label columns. */
export const matchingLabels = (
  columns: LabelColumns,
  caller: Caller,
  filter: LabelFilter,
): SQL | undefined => {
  const wanted = parseInput(labelSchema, filter, 'BAD_REQUEST');
  const optional = (
    label: OptionalLabel,
    column: AnyPgColumn,
    condition: SQL | undefined,
  ): SQL | undefined =>
    wanted.without?.includes(label) === true
      ? condition === undefined
        ? isNull(column)
        : or(condition, isNull(column))
      : condition;
  return and(
    eq(columns.workspaceId, caller.workspaceId),
    optional('CONNECTION', columns.connectionId, among(columns.connectionId, wanted.connectionId, isId)),
    optional('PROVIDER', columns.provider, among(columns.provider, wanted.provider)),
    among(columns.operation, wanted.operation),
    optional('WORKFLOW', columns.workflow, among(columns.workflow, wanted.workflow)),
    among(columns.tokenId, wanted.tokenId, isId),
    among(columns.outcome, wanted.outcome),
    optional('PAYER', columns.payer, among(columns.payer, wanted.payer)),
    narrow(wanted.sandbox, (sandbox) => eq(columns.sandbox, sandbox)),
  );
};

/** Each condition has an index: only the entries of later steps are indexed by their lookup. */
const ofLookup = (id: string): SQL | undefined =>
  or(eq(entries.id, id), eq(entries.correctsEntryId, id), and(eq(entries.lookupId, id), gt(entries.step, 1)));

/** Matches nothing, for text that cannot be an id. */
export const nothing = sql`false`;

export const narrow = <Value>(
  value: Value | null | undefined,
  by: (value: Value) => SQL | undefined,
): SQL | undefined => (value === null || value === undefined ? undefined : by(value));

const among = (
  column: AnyPgColumn,
  wanted: readonly string[] | null | undefined,
  canBe: (value: string) => boolean = isStorable,
): SQL | undefined =>
  narrow(wanted, (values) => {
    const possible = values.filter(canBe);
    return possible.length === 0 ? nothing : inArray(column, possible);
  });

/** PostgreSQL stores no NUL in a text, so a text with one matches nothing. */
const isStorable = (value: string): boolean => !value.includes('\0');

const valuesMax = 100;
const listMessage = `A list in a filter takes 1 to ${valuesMax} values: omit it to match all.`;

const oneOf = <Value extends z.ZodType>(value: Value) =>
  z.preprocess(
    (given) => (given === null || given === undefined || Array.isArray(given) ? given : [given]),
    z.array(value).min(1, listMessage).max(valuesMax, listMessage).nullish(),
  );

const labelSchema = z.object({
  connectionId: oneOf(z.string()),
  provider: oneOf(z.string()),
  operation: oneOf(z.string()),
  // The workflow of a lookup is trimmed, too.
  workflow: oneOf(z.string().trim()),
  tokenId: oneOf(z.string()),
  outcome: oneOf(z.enum(outcome.enumValues, 'Unknown outcome: choose one of the schema.')),
  payer: oneOf(z.string()),
  sandbox: z.boolean().nullish(),
  without: z.array(z.enum(optionalLabels)).nullish(),
});

const filterSchema = z
  .object({
    from: instant('from').nullish(),
    to: instant('to').nullish(),
    lookupId: z.string().nullish(),
    unlockId: z.string().nullish(),
    jobId: z.string().nullish(),
    charge: oneOf(z.enum(charge.enumValues, 'Unknown charge: choose one of the schema.')),
  })
  .refine(isInOrder, outOfOrder);

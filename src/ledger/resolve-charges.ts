import * as z from 'zod';
import { type ChangedBy, recordChange } from '../access/audit-log.js';
import { authorize, type Caller } from '../access/caller.js';
import { toPublicId } from '../access/public-ids.js';
import { GatewayError } from '../errors.js';
import type { Database, Transaction } from '../platform/database.js';
import { retryOnDeadlock } from '../platform/database-errors.js';
import { label, parseInput } from '../platform/parse-input.js';
import {
  type PresumedChargeFilter,
  type PresumedSum,
  readPresumedIds,
  sumPresumedCharges,
} from './list-presumed-charges.js';

/** A decision about presumed charges: whether the provider charged, by whom and why. */
type Decision = { charged: boolean; by: ChangedBy; reason: string };

/** The correction of a presumed charge. `correctionId` is null where a lookup in flight relies on the charge. */
type Decided = { id: string; correctionId: string | null; credits: bigint };

/** The charges that one call resolves at most. */
export const chargesMax = 1_000;

/** Decides presumed charges of the workspace in one statement; returns those that were still pending. */
const decide = async (
  tx: Transaction,
  ids: readonly string[],
  { charged, by, reason }: Decision,
): Promise<Decided[]> => {
  const { workspaceId } = by;
  // The corrections of the operator have no token.
  const decidedBy = 'operator' in by ? null : by.tokenId;
  const rows = await tx<{ id: string; correction_id: string | null; credits: string }[]>`
    select id, correction_id, credits from decide_presumed_charges(
      ${workspaceId}, string_to_array(${ids.join()}, ',')::uuid[], ${charged}, ${decidedBy}, ${reason})`;
  const decided = rows.map(({ id, correction_id: correctionId, credits }) => ({
    id,
    correctionId,
    credits: BigInt(credits),
  }));
  const written = decided.filter(({ correctionId }) => correctionId !== null);
  if (written.length > 0) await recordDecision(tx, written, { charged, by, reason });
  return decided;
};

/** One change for all of them, which are counted: their corrections have the reason, too. */
const recordDecision = async (
  tx: Transaction,
  written: readonly Decided[],
  { charged, by, reason }: Decision,
): Promise<void> => {
  const [only] = written;
  await recordChange(tx, by, {
    action: 'presumedCharge.resolve',
    subject: written.length === 1 && only !== undefined ? toPublicId('entry', only.id) : null,
    before: null,
    after: { charges: written.length, credits: sumOf(written), charged, reason },
  });
};

const sumOf = (decided: readonly Decided[]): bigint =>
  decided.reduce((sum, { credits }) => sum + credits, 0n);

const oneInput = z.object({ entryId: z.uuid(), charged: z.boolean(), reason: label('reason') });

/**
 * Ends a presumed charge as an ADMIN decides after comparing it with what the provider shows. Returns the id of the
 * correcting entry, which has who decided and why. A charge that was resolved before, by whatever means, with the same
 * result returns the correction that it has. Throws FORBIDDEN, INVALID_INPUT, NOT_FOUND, ALREADY_RESOLVED where it was
 * resolved with another result, and LOOKUP_IN_FLIGHT where a lookup of the same identifier is about to prove it.
 */
export const resolvePresumedCharge = async (
  { database }: { database: Pick<Database, 'sql'> },
  caller: Caller,
  input: z.input<typeof oneInput>,
): Promise<{ correctionId: string }> => {
  authorize(caller, 'resolveCharges');
  const { entryId, charged, reason } = parseInput(oneInput, input);
  const [decided] = await retryOnDeadlock(() =>
    database.sql.begin((tx) => decide(tx, [entryId], { charged, by: caller, reason })),
  );
  if (decided === undefined) return await findResolution(database, caller, { entryId, charged });
  if (decided.correctionId !== null) return { correctionId: decided.correctionId };
  throw new GatewayError(
    'LOOKUP_IN_FLIGHT',
    'A lookup of the same identifier is in flight, and proves this charge: try again after the delay.',
    { field: ['id'], retryAfterSeconds: 5 },
  );
};

/** The correction of a charge that is not pending, where it has the same result. */
const findResolution = async (
  { sql }: Pick<Database, 'sql'>,
  { workspaceId }: Caller,
  { entryId, charged }: { entryId: string; charged: boolean },
): Promise<{ correctionId: string }> => {
  const corrections = await sql<{ id: string; charge: string; reason: string | null }[]>`
    select id, charge, reason from entries
    where workspace_id = ${workspaceId} and corrects_entry_id = ${entryId}
    order by recorded_at desc, id desc`;
  const last = corrections[0];
  if (last === undefined) {
    throw new GatewayError(
      'NOT_FOUND',
      'This workspace has no such presumed charge: name an entry with the charge PRESUMED.',
      { field: ['id'] },
    );
  }
  if ((last.charge === 'CHARGED') === charged) return { correctionId: last.id };
  const by = last.reason === null ? 'A lookup has proved' : 'An ADMIN or the operator has decided';
  throw new GatewayError(
    'ALREADY_RESOLVED',
    `${by} that this charge was ${charged ? 'not ' : ''}made: read its correction, the entry ent_${last.id}.`,
    { field: ['charged'] },
  );
};

/** What one call has resolved, and what of the filter is still presumed charged. */
export type ResolvedCharges = {
  resolved: number;
  /** The presumed credits of the resolved charges. */
  credits: bigint;
  charged: boolean;
  /** Charges that were left, because a lookup in flight is about to prove them. */
  inFlight: number;
  remaining: PresumedSum;
};

const manyInput = z.object({ charged: z.boolean(), reason: label('reason') });

/**
 * Decides all presumed charges of the caller's workspace that match, oldest first, up to 1,000 in one transaction. A
 * repeated call resolves what remains, and nothing twice. Throws FORBIDDEN or INVALID_INPUT.
 */
export const resolvePresumedCharges = async (
  { database }: { database: Database },
  caller: Caller,
  { filter, ...input }: z.input<typeof manyInput> & { filter: PresumedChargeFilter },
): Promise<ResolvedCharges> => {
  authorize(caller, 'resolveCharges');
  const { charged, reason } = parseInput(manyInput, input);
  return await resolveMatching(database, filter, { charged, by: caller, reason });
};

/** The same for the operator, whose corrections have no token. It takes no caller. */
export const resolveForOperator = async (
  database: Database,
  workspaceId: string,
  { filter, ...input }: z.input<typeof manyInput> & { filter: PresumedChargeFilter },
): Promise<ResolvedCharges> => {
  const by = { operator: 'resolve-presumed-charges', workspaceId };
  return await resolveMatching(database, filter, { ...parseInput(manyInput, input), by });
};

const resolveMatching = async (
  database: Database,
  filter: PresumedChargeFilter,
  decision: Decision,
): Promise<ResolvedCharges> => {
  const { workspaceId } = decision.by;
  const ids = await readPresumedIds(database.db, workspaceId, filter, chargesMax);
  const decided = await retryOnDeadlock(() => database.sql.begin((tx) => decide(tx, ids, decision)));
  const resolved = decided.filter(({ correctionId }) => correctionId !== null);
  return {
    resolved: resolved.length,
    credits: sumOf(resolved),
    charged: decision.charged,
    inFlight: decided.length - resolved.length,
    remaining: await sumPresumedCharges(database.db, workspaceId, filter),
  };
};

/** The results of presumed charges that were resolved, by the id of the PRESUMED entry; unresolved ones are missing. */
export const findResolutions = async (
  { sql }: Pick<Database, 'sql'>,
  charges: readonly { id: string; workspaceId: string }[],
): Promise<Map<string, 'CHARGED' | 'GIVEN_BACK'>> => {
  const wanted = JSON.stringify(charges.map(({ id, workspaceId }) => ({ id, workspace_id: workspaceId })));
  const rows = await sql<{ id: string; charged: boolean }[]>`
    select e.corrects_entry_id as id, e.charge = 'CHARGED' as charged
    from json_to_recordset(${wanted}::text::json) as d (id uuid, workspace_id uuid)
    join entries e on e.workspace_id = d.workspace_id and e.corrects_entry_id = d.id
    order by e.recorded_at, e.id`;
  return new Map(rows.map((row) => [row.id, row.charged ? 'CHARGED' : 'GIVEN_BACK']));
};

import type { Scenario } from './scenario.js';
import { idOfLookupKey, itemOfLookupKey, recordKeyOf } from './world.js';

type Correction = {
  id: string;
  charge: string;
  credits: number;
  reason: string | null;
  by: string | null;
  unlock: string | null;
  isLate: boolean;
};

/** A presumed charge with its corrections, oldest first, and what remains of its reservation. */
export type Presumed = {
  id: string;
  account_id: string;
  credits: number;
  state: 'PENDING_CONFIRMATION' | 'DECIDED' | null;
  counted: number | null;
  corrections: Correction[];
};

type Unlock = { id: string; account_id: string; record_key: string; entry_id: string };

export const readPresumed = async ({ store, workspaceId }: Scenario): Promise<Presumed[]> =>
  await store.database.sql<Presumed[]>`
    select p.id, p.account_id, p.credits::int, r.state, r.credits::int as counted, c.corrections
    from entries p
    left join reservations r on r.workspace_id = p.workspace_id and r.id = p.id
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'charge', c.charge, 'credits', c.credits,
        'reason', c.reason, 'by', c.decided_by, 'unlock', c.unlock_id, 'isLate', c.occurred_at <> p.occurred_at)
        order by c.recorded_at, c.id), '[]') as corrections
      from entries c where c.workspace_id = p.workspace_id and c.corrects_entry_id = p.id
    ) c
    where p.workspace_id = ${workspaceId} and p.charge = 'PRESUMED'
    order by p.id`;

/** What the latest decision says of a charge that nothing has proved yet; null where there is none. */
export const openDecisionOf = ({ corrections: [first, second] }: Presumed): boolean | null =>
  first === undefined || first.reason === null || second !== undefined ? null : first.charge === 'CHARGED';

/**
 * At rest: compares each presumed charge with what was decided about it. A decision is a correction and one line of the
 * audit log; a second correction exists only where evidence contradicts it, and is the last.
 */
export const checkDecisions = async (scenario: Scenario): Promise<string[]> => {
  const { store, workspaceId } = scenario;
  const unlocks = [
    ...(await store.database.sql<Unlock[]>`
      select id, account_id, record_key, entry_id from unlocks where workspace_id = ${workspaceId}`),
  ];
  const presumed = await readPresumed(scenario);
  return [
    ...presumed.flatMap((one) => checkPresumed(scenario, one, { unlocks, all: presumed })),
    ...(await checkReportedDecisions(scenario, presumed)),
  ];
};

const checkPresumed = (
  scenario: Scenario,
  presumed: Presumed,
  { unlocks, all }: { unlocks: Unlock[]; all: Presumed[] },
): string[] => {
  const [first, second, ...more] = presumed.corrections;
  const what = `the presumed charge ${presumed.id.slice(-6)} (${JSON.stringify(presumed)})`;
  if (more.length > 0) return [`${what} has more than two corrections`];
  if (presumed.corrections.some(({ isLate }) => isLate)) return [`${what} has a correction at another time`];
  const key = scenario.decided.lookupKeys.get(presumed.id);
  const record = key === undefined ? null : recordKeyOf(idOfLookupKey(key) ?? 'none');
  const unlock = unlocks.find((one) => one.account_id === presumed.account_id && one.record_key === record);
  const item = key === undefined ? null : itemOfLookupKey(key);
  const isUnknown = item !== null && item.record >= scenario.history.records;

  if (first === undefined) {
    const isPending = presumed.state === 'PENDING_CONFIRMATION' && presumed.counted === presumed.credits;
    return isPending ? [] : [`${what} is neither pending nor corrected`];
  }
  if (first.reason === null) {
    if (second !== undefined) return [`${what} was corrected again after evidence`];
    return presumed.state === null ? [] : [`${what} is proved and still has a reservation`];
  }

  const decision = scenario.decided.decisions.find(({ reason }) => reason === first.reason);
  if (decision === undefined || first.by !== scenario.decided.adminId)
    return [`${what} was decided by nobody`];
  const { charged } = decision;
  const right = charged ? 'CHARGED 0' : `NONE -${presumed.credits}`;
  if (`${first.charge} ${first.credits}` !== right) return [`${what} was not corrected by ${right}`];
  if (second !== undefined) {
    if (second.reason !== null || presumed.state !== null) return [`${what} was decided twice, or is left`];
    // Its own late answer finds nothing, so the provider did not charge.
    if (isUnknown && charged && second.charge === 'NOT_FOUND' && second.credits === -presumed.credits)
      return [];
    if (unlock === undefined || second.unlock !== unlock.id)
      return [`${what} has a correction without evidence`];
    const isRight = charged
      ? second.charge === 'ALREADY_UNLOCKED' &&
        second.credits === -presumed.credits &&
        unlock.entry_id !== presumed.id
      : second.charge === 'CHARGED' && second.credits === presumed.credits && unlock.entry_id === presumed.id;
    return isRight ? [] : [`${what} has a wrong second correction`];
  }
  if (presumed.state !== null) {
    const counted = charged ? presumed.credits : 0;
    return presumed.state === 'DECIDED' && presumed.counted === counted
      ? []
      : [`${what} is not left as decided`];
  }
  // Evidence that agrees with the decision ends it without a correction.
  if (charged) return unlock?.entry_id === presumed.id ? [] : [`${what} is confirmed, and nothing keeps it`];
  const isOver = scenario.history.steps.some((step) => step.do === 'nextDay');
  // Its own late answer may have found the record, and an older presumed charge of the record was its purchase.
  const isPaidByOther = all.some(
    (other) =>
      other.id !== presumed.id &&
      other.corrections.some(({ charge, unlock: paid }) => charge === 'CHARGED' && paid === unlock?.id),
  );
  const isReturned = unlock !== undefined && (unlock.entry_id !== presumed.id || isPaidByOther);
  return isReturned || isOver || isUnknown ? [] : [`${what} is returned, and nothing keeps it`];
};

/** What was reported to the ADMIN is what the ledger and the audit log have. */
const checkReportedDecisions = async (
  { store, workspaceId, decided }: Scenario,
  presumed: Presumed[],
): Promise<string[]> => {
  const faults: string[] = [];
  const audited = await store.database.sql<{ reason: string; charges: number; credits: number }[]>`
    select after ->> 'reason' as reason, (after ->> 'charges')::int as charges, (after ->> 'credits')::int as credits
    from audit_events where workspace_id = ${workspaceId} and action = 'presumedCharge.resolve'`;
  for (const { reason, charged, reported, returned, opposed } of decided.decisions) {
    const own = presumed.filter(({ corrections }) => corrections.some((one) => one.reason === reason));
    const written = { charges: own.length, credits: own.reduce((sum, { credits }) => sum + credits, 0) };
    const lines = audited.filter((one) => one.reason === reason);
    const sum = (field: 'charges' | 'credits'): number => lines.reduce((total, one) => total + one[field], 0);
    const line = { charges: sum('charges'), credits: sum('credits') };
    const texts = [written, line, reported ?? written].map((one) => JSON.stringify(one));
    if (new Set(texts).size > 1) faults.push(`${reason}: written, audited, reported: ${texts.join(' ')}`);

    const correctionsOf = (id: string): Correction[] =>
      presumed.find((one) => one.id === id)?.corrections ?? [];
    if (returned !== null) {
      const correction = correctionsOf(returned.entryId).find(({ id }) => id === returned.correctionId);
      if (correction === undefined || (correction.charge === 'CHARGED') !== charged)
        faults.push(`${reason} (${charged}) returned the correction ${JSON.stringify(correction)}`);
    }
    if (opposed !== null && correctionsOf(opposed).every((one) => (one.charge === 'CHARGED') === charged))
      faults.push(`${reason} (${charged}) was refused, although nothing is opposed to it`);
  }
  return faults;
};

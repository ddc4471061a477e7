import type { LookupResult } from '../../src/enrichment/lookup-result.js';
import type { CompanyRecord } from '../../src/providers/records.js';
import type { SentLookup } from './lookup.js';
import { expiresEarly, type History, type LookupStep, losesDatabase } from './history.js';
import type { Scenario } from './scenario.js';
import { idOf } from './world.js';

type Entry = {
  id: string;
  lookup_id: string;
  corrects_entry_id: string | null;
  charge: string;
  credits: string;
  saved: string;
  outcome: string;
  reason: string | null;
};

/** Checks every result: whether it is right, has a cause, and has the receipt that the ledger has. */
export const checkResults = async (scenario: Scenario, sent: SentLookup[]): Promise<string[]> => {
  const faults: string[] = [];
  const entries = await readEntries(scenario);
  for (const one of sent) {
    const answers = await one.answers;
    if (answers === 'DEAD') continue;
    if (typeof answers === 'string') {
      faults.push(answers);
      continue;
    }
    for (const [at, answer] of answers.entries())
      faults.push(...checkResult(scenario, one, at, answer, entries));
    faults.push(...checkSpent(one, answers));
  }
  return faults;
};

const checkResult = (
  scenario: Scenario,
  { step, instance }: SentLookup,
  at: number,
  answer: LookupResult<CompanyRecord>,
  entries: Map<string, Entry>,
): string[] => {
  const item = step.items[at];
  if (item === undefined) return ['more results than items'];
  const { history } = scenario;
  const faults: string[] = [];
  const what = `the lookup of record ${item.record} by ${item.by}`;
  const exists = item.record < history.records;
  const code = answer.problem?.code ?? null;
  if (answer.outcome === 'FOUND') {
    const id = answer.record?.id;
    if (!exists || id !== idOf(item)) faults.push(`${what} was answered with ${id}`);
  }
  if (answer.outcome === 'NOT_FOUND' && exists) faults.push(`${what} was answered NOT_FOUND`);
  if (code !== null && !causes(scenario).has(code)) {
    faults.push(`${what} was answered ${code} without a cause: ${instance.refusals.join('; ')}`);
  }
  // The message shows the limit at the time of the message, which may have been raised since the refusal.
  if (code === 'BUDGET_EXCEEDED' && !history.steps.some((one) => one.do === 'limit')) {
    faults.push(...checkRefusal(what, answer.problem?.message ?? ''));
  }

  // When the database is lost, a lookup may be refused without an entry: nothing was spent.
  const mayLackEntry =
    code === 'LEDGER_UNAVAILABLE' || (losesDatabase(history) && answer.receipt.charge === 'NONE');
  const entry = entries.get(answer.receipt.id);
  if (entry === undefined && !mayLackEntry)
    faults.push(`${what} has no entry: ${answer.outcome} ${code ?? ''} ${instance.refusals.join('; ')}`);
  const isLate = expiresEarly(history);
  if (entry !== undefined && !mayLackEntry && !isLate) {
    const { charge, creditsCharged, creditsSaved } = answer.receipt;
    const receipt = `${answer.outcome} ${charge} ${creditsCharged} ${creditsSaved}`;
    const line = lineOf(entry);
    // A settlement that is repeated after a lost response returns its entry as it has been corrected since.
    const corrections = correctionsOf(entry, entries);
    const isRight =
      receipt === line ||
      corrections.some((_, last) => receipt === lineOf(entry, corrections.slice(0, last + 1)));
    if (!isRight) faults.push(`${what} has the receipt ${receipt}, but the entry ${line}`);
  }
  faults.push(...checkTotals(what, answer, entries, history));
  return faults;
};

/** Oldest first. */
const correctionsOf = ({ id }: Entry, entries: Map<string, Entry>): Entry[] =>
  [...entries.values()].filter((one) => one.corrects_entry_id === id);

const lineOf = (entry: Entry, corrections: Entry[] = []): string => {
  const credits = sumOf([entry, ...corrections], 'credits');
  return `${entry.outcome} ${(corrections.at(-1) ?? entry).charge} ${credits} ${entry.saved}`;
};

const sumOf = (entries: readonly Entry[], field: 'credits' | 'saved'): number =>
  entries.reduce((sum, entry) => sum + Number(entry[field]), 0);

/**
 * A receipt has what the ledger holds for its lookup, corrections included; a presumed charge may be corrected later, and
 * so may one that an ADMIN has decided. What failed or was refused costs nothing.
 */
const checkTotals = (
  what: string,
  { outcome, receipt }: LookupResult<CompanyRecord>,
  entries: Map<string, Entry>,
  history: History,
): string[] => {
  const { id, charge, creditsCharged, creditsSaved } = receipt;
  if ((outcome === 'FAILED' || outcome === 'REFUSED') && creditsCharged > 0n) {
    return [`${what} was answered ${outcome} with ${creditsCharged} credits charged`];
  }
  const own = [...entries.values()].filter((entry) => entry.lookup_id === id);
  if (charge === 'PRESUMED' || own.length === 0 || losesDatabase(history)) return [];
  const ledger = creditsSince(own).map((credits) => `${credits} ${sumOf(own, 'saved')}`);
  const receiptOver = `${creditsCharged} ${creditsSaved}`;
  return ledger.includes(receiptOver)
    ? []
    : [`${what} has a receipt over ${receiptOver}, and the ledger holds ${ledger.join(' or ')}`];
};

/** What the entries of a lookup have cost together: now, or before what came from the decision of one of them on. */
const creditsSince = (own: Entry[]): number[] => {
  const decided = own.filter(({ reason }) => reason !== null).map((one) => one.corrects_entry_id);
  const movable = own.filter(
    (one) => decided.includes(one.corrects_entry_id) && one.corrects_entry_id !== null,
  );
  const fixed = own.filter((one) => !movable.includes(one));
  return Array.from(
    { length: movable.length + 1 },
    (_, count) => sumOf(fixed, 'credits') + sumOf(movable.slice(0, count), 'credits'),
  );
};

/** A refusal names a budget that was full. */
const checkRefusal = (what: string, message: string): string[] => {
  const [, limit, spent, reserved] =
    /allows (\d+) credits: (\d+) are spent and (\d+) reserved/.exec(message) ?? [];
  return Number(spent) + Number(reserved) + 1 > Number(limit)
    ? []
    : [`${what} was refused with credits left: ${message}`];
};

const checkSpent = ({ step }: SentLookup, answers: LookupResult<unknown>[]): string[] => {
  if (step.maxCredits === null) return [];
  const receipts = new Map(answers.map(({ receipt }) => [receipt.id, receipt.creditsCharged]));
  const spent = [...receipts.values()].reduce((sum, credits) => sum + credits, 0n);
  return spent <= BigInt(step.maxCredits)
    ? []
    : [`a lookup that may spend ${step.maxCredits} spent ${spent}`];
};

const readEntries = async ({ store, workspaceId }: Scenario): Promise<Map<string, Entry>> => {
  const rows = await store.database.sql<Entry[]>`
    select id, lookup_id, corrects_entry_id, charge, credits, saved, outcome, reason
    from entries where workspace_id = ${workspaceId} order by recorded_at, id`;
  return new Map(rows.map((row) => [row.id, row]));
};

/** The problem codes that a result may have, given the steps of the history. */
const causes = ({ history }: Scenario): Set<string> => {
  const codes = new Set<string>();
  for (const step of history.steps) for (const code of causedBy(step)) codes.add(code);
  return codes;
};

const causedBy = (step: Scenario['history']['steps'][number]): string[] => {
  switch (step.do) {
    case 'lookup':
      return [
        ...(step.maxCredits === null ? [] : ['MAX_CREDITS_EXCEEDED']),
        ...(step.trouble === null ? [] : codesOf[step.trouble]),
      ];
    case 'budget':
      return step.mode === 'HARD' ? ['BUDGET_EXCEEDED'] : [];
    case 'crash':
    case 'stop':
    case 'restart':
    case 'expire':
      return ['PROVIDER_TIMEOUT'];
    case 'rotate':
      return ['KEY_REFUSED'];
    case 'cut':
    case 'lose':
      return ['LEDGER_UNAVAILABLE'];
    case 'decide':
    case 'nextDay':
    case 'limit':
    case 'endBudget':
    case 'continue':
    case 'pause':
    case 'rest':
      return [];
  }
};

const codesOf: Record<NonNullable<LookupStep['trouble']>, string[]> = {
  THROTTLED: ['RATE_LIMITED'],
  REFUSED: ['OUT_OF_CREDITS'],
  BROKEN_UNSENT: ['PROVIDER_UNAVAILABLE'],
  BROKEN_SENT: ['PROVIDER_UNAVAILABLE'],
  TIMEOUT_CHARGED: ['PROVIDER_TIMEOUT'],
  TIMEOUT_UNCHARGED: ['PROVIDER_TIMEOUT'],
  CUT: ['PROVIDER_UNAVAILABLE'],
  UNREADABLE: ['PROVIDER_ANSWER_UNREADABLE'],
  CLIENT_THROWS: ['PROVIDER_UNAVAILABLE'],
};

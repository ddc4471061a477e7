import type { LookupResult } from '../../src/enrichment/lookup-result.js';
import type { CompanyRecord } from '../../src/providers/records.js';
import type { Asked } from './lookup.js';
import { type AskStep, losesDatabase } from './history.js';
import type { Scenario } from './scenario.js';
import { idOf } from './world.js';

type Entry = { id: string; charge: string; credits: string; saved: string; outcome: string };

/** Every answer that was heard: is it the right one, has it a cause, and does its receipt say what the ledger says? */
export const checkAnswers = async (scenario: Scenario, asked: Asked[]): Promise<string[]> => {
  const faults: string[] = [];
  const entries = await readEntries(scenario);
  for (const one of asked) {
    const answers = await one.answers;
    if (answers === 'DEAD') continue;
    if (typeof answers === 'string') {
      faults.push(answers);
      continue;
    }
    for (const [at, answer] of answers.entries())
      faults.push(...checkAnswer(scenario, one, at, answer, entries));
    faults.push(...checkSpent(one, answers));
  }
  return faults;
};

const checkAnswer = (
  scenario: Scenario,
  { step, instance }: Asked,
  at: number,
  answer: LookupResult<CompanyRecord>,
  entries: Map<string, Entry>,
): string[] => {
  const want = step.wants[at];
  if (want === undefined) return ['more answers than asks'];
  const { history } = scenario;
  const faults: string[] = [];
  const told = `the ask for record ${want.record} by ${want.by}`;
  const exists = want.record < history.records;
  const code = answer.problem?.code ?? null;
  if (answer.outcome === 'FOUND') {
    const id = answer.record?.id;
    if (!exists || id !== idOf(want)) faults.push(`${told} was answered with ${id}`);
  }
  if (answer.outcome === 'NOT_FOUND' && exists) faults.push(`${told} was answered NOT_FOUND`);
  if (code !== null && !causes(scenario).has(code)) {
    faults.push(`${told} was answered ${code} without a cause: ${instance.refusals.join('; ')}`);
  }
  // A limit that is raised while the refusal is on its way is told as it is then.
  if (code === 'BUDGET_EXCEEDED' && !history.steps.some((one) => one.do === 'limit')) {
    faults.push(...checkRefusal(told, answer.problem?.message ?? ''));
  }

  // With the database away an ask may be turned away without an entry: nothing was spent that is missing from it.
  const isAloof =
    code === 'LEDGER_UNAVAILABLE' || (losesDatabase(history) && answer.receipt.charge === 'NONE');
  const entry = entries.get(answer.receipt.id);
  if (entry === undefined && !isAloof)
    faults.push(`${told} has no entry: ${answer.outcome} ${code ?? ''} ${instance.refusals.join('; ')}`);
  const isLate = history.steps.some((one) => one.do === 'expire');
  if (entry !== undefined && !isAloof && !isLate) {
    const { charge, creditsCharged, creditsSaved } = answer.receipt;
    const receipt = `${answer.outcome} ${charge} ${creditsCharged} ${creditsSaved}`;
    const line = `${entry.outcome} ${entry.charge} ${entry.credits} ${entry.saved}`;
    if (receipt !== line) faults.push(`${told} has the receipt ${receipt}, but the entry ${line}`);
  }
  return faults;
};

/** A refusal for a budget tells of a budget that was indeed full. */
const checkRefusal = (told: string, message: string): string[] => {
  const [, limit, spent, reserved] =
    /allows (\d+) credits: (\d+) are spent and (\d+) reserved/.exec(message) ?? [];
  return Number(spent) + Number(reserved) + 1 > Number(limit)
    ? []
    : [`${told} was refused with room left: ${message}`];
};

const checkSpent = ({ step }: Asked, answers: LookupResult<unknown>[]): string[] => {
  if (step.maxCredits === null) return [];
  const receipts = new Map(answers.map(({ receipt }) => [receipt.id, receipt.creditsCharged]));
  const spent = [...receipts.values()].reduce((sum, credits) => sum + credits, 0n);
  return spent <= BigInt(step.maxCredits) ? [] : [`an ask that may spend ${step.maxCredits} spent ${spent}`];
};

const readEntries = async ({ slot, workspaceId }: Scenario): Promise<Map<string, Entry>> => {
  const rows = await slot.database.sql<Entry[]>`
    select id, charge, credits, saved, outcome from entries where workspace_id = ${workspaceId}`;
  return new Map(rows.map((row) => [row.id, row]));
};

/** The problems that an answer may have, given what the history does. */
const causes = ({ history }: Scenario): Set<string> => {
  const codes = new Set<string>();
  for (const step of history.steps) for (const code of causedBy(step)) codes.add(code);
  return codes;
};

const causedBy = (step: Scenario['history']['steps'][number]): string[] => {
  switch (step.do) {
    case 'ask':
      return [
        ...(step.maxCredits === null ? [] : ['MAX_CREDITS_EXCEEDED']),
        ...(step.trouble === null ? [] : codesOf[step.trouble]),
      ];
    case 'budget':
      return step.mode === 'HARD' ? ['BUDGET_EXCEEDED'] : [];
    case 'crash':
    case 'restart':
    case 'expire':
      return ['PROVIDER_TIMEOUT'];
    case 'rotate':
      return ['KEY_REFUSED'];
    case 'cut':
    case 'lose':
      return ['LEDGER_UNAVAILABLE'];
    case 'limit':
    case 'endBudget':
    case 'pause':
    case 'rest':
      return [];
  }
};

const codesOf: Record<NonNullable<AskStep['trouble']>, string[]> = {
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

import {
  type DecideStep,
  type LookupStep,
  type Trouble,
  type BudgetStep,
  type History,
  type Step,
  troubles,
  type Item,
} from './history.js';
import { createRandom, type Random } from './random.js';

const workflows = ['crm', 'list', null] as const;
const zones = ['UTC', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia'] as const;

/** The faults of a history. Each history has only some of them: too many at once hide each other. */
type Faults = Record<
  'trouble' | 'decide' | 'crash' | 'stop' | 'expire' | 'rotate' | 'cut' | 'budgets' | 'credits' | 'accounts',
  boolean
>;

/** A history from a seed: bursts of lookups with faults between them, each burst followed by a rest. */
export const makeHistory = (seed: number): History => {
  const random = createRandom(seed);
  const decides = random.chance(0.5);
  const faults: Faults = {
    decide: decides,
    trouble: random.chance(decides ? 0.8 : 0.6),
    crash: random.chance(0.4),
    stop: random.chance(0.3),
    expire: random.chance(decides ? 0.5 : 0.3),
    rotate: random.chance(0.15),
    cut: random.chance(0.2),
    budgets: random.chance(0.5),
    credits: random.chance(0.25),
    accounts: random.chance(0.4),
  };
  const history: History = {
    seed,
    instances: 1 + random.int(3),
    records: 1 + random.int(3),
    keepsSnapshots: random.chance(0.85),
    ledgerBatchMax: random.pick([1, 2, 512]),
    alone: random.pick(['ONE', 'BATCH', 'MIXED'] as const),
    steps: [],
  };
  const budgets = faults.budgets
    ? Array.from({ length: 1 + random.int(2) }, (_, at) => budget(random, at))
    : [];
  history.steps.push(...budgets);
  for (let burst = 1 + random.int(3); burst > 0; burst -= 1) {
    history.steps.push(...makeBurst(random, history, faults, budgets), { do: 'rest' });
  }
  return history;
};

const makeBurst = (random: Random, history: History, faults: Faults, budgets: BudgetStep[]): Step[] => {
  const steps: Step[] = [];
  if (faults.decide && random.chance(0.6)) steps.push(decision(random));
  for (let lookups = 1 + random.int(4); lookups > 0; lookups -= 1) {
    if (faults.crash && random.chance(0.3)) {
      const instance = random.int(history.instances);
      steps.push(
        random.chance(0.6)
          ? { do: 'crash', instance, boundaries: random.int(12) }
          : { do: 'restart', instance },
      );
    }
    const step = lookup(random, history, faults);
    // The process stands still before, while or after the lookup is sent to it, and others make the same one.
    const stop = faults.stop && random.chance(0.6) ? makeStop(random, history) : null;
    const stopsFirst = random.chance(0.3);
    if (stop !== null && stopsFirst) steps.push(stop);
    steps.push(step);
    if (stop !== null && !stopsFirst) steps.push({ do: 'pause', forMs: random.int(6) }, stop);
    if (stop !== null && random.chance(0.7)) {
      steps.push({ ...step, instance: random.int(history.instances), trouble: null });
    }
    if (random.chance(0.4)) steps.push({ ...step, instance: random.int(history.instances), trouble: null });
    if (faults.expire && random.chance(0.5)) steps.push({ do: 'expire' });
    if (faults.decide && random.chance(0.6)) {
      // A call that is still on its way becomes a presumed charge, and its late result comes after the decision.
      if (faults.expire && random.chance(0.5)) steps.push({ do: 'expire' });
      if (random.chance(0.6)) steps.push({ do: 'pause', forMs: random.int(20) });
      steps.push(decision(random));
      if (random.chance(0.1)) steps.push({ do: 'nextDay' });
    }
    if (faults.rotate && random.chance(0.3)) steps.push({ do: 'rotate', account: random.int(2) });
    if (faults.cut && random.chance(0.4)) {
      steps.push({ do: 'lose', instance: random.int(history.instances) });
    }
    if (faults.cut && random.chance(0.3)) steps.push({ do: 'cut', instance: random.int(history.instances) });
    const changed = budgets[random.int(3)];
    if (changed !== undefined && random.chance(0.4)) {
      steps.push(
        random.chance(0.15)
          ? { do: 'endBudget', name: changed.name }
          : { do: 'limit', name: changed.name, limit: random.int(5) },
      );
    }
    if (random.chance(0.5)) steps.push({ do: 'pause', forMs: random.int(12) });
    if (stop !== null) steps.push({ do: 'continue', instance: stop.instance });
  }
  return steps;
};

const makeStop = (random: Random, history: History): Extract<Step, { do: 'stop' }> => ({
  do: 'stop',
  instance: random.int(history.instances),
  expires: random.chance(0.7),
  counted: random.pick(['BOTH', 'WALL', 'MONOTONIC'] as const),
});

const decision = (random: Random): DecideStep => ({
  do: 'decide',
  which: random.chance(0.5) ? random.int(3) : 'ALL',
  cause: random.chance(0.2) ? random.pick(['TIMEOUT', 'CRASH'] as const) : null,
  account: random.chance(0.2) ? random.int(2) : null,
  charged: random.pick(['RIGHT', 'WRONG', 'WRONG', 'CHARGED', 'NOT_CHARGED'] as const),
  also: random.chance(0.4) ? random.pick(['SAME', 'OPPOSITE'] as const) : null,
});

const lookup = (random: Random, history: History, faults: Faults): LookupStep => ({
  do: 'lookup',
  instance: random.int(history.instances),
  account: faults.accounts ? random.int(2) : 0,
  ownKey: random.chance(0.15),
  items: Array.from({ length: random.chance(0.2) ? 1 + random.int(3) : 1 }, () => item(random, history)),
  country: random.chance(0.8) ? 'AU' : 'NZ',
  workflow: random.pick(workflows),
  maxCredits: faults.credits && random.chance(0.6) ? random.int(3) : null,
  fresh: random.chance(0.2),
  trouble: faults.trouble && random.chance(0.5) ? trouble(random, faults) : null,
  takesMs: random.int(12),
});

/** Where charges are decided, more calls than otherwise have an unknown result. */
const trouble = (random: Random, faults: Faults): Trouble =>
  random.pick(
    faults.decide && random.chance(0.5) ? (['TIMEOUT_CHARGED', 'TIMEOUT_UNCHARGED'] as const) : troubles,
  );

const item = (random: Random, history: History): Item => ({
  record: random.int(random.chance(0.1) ? history.records + 1 : history.records),
  by: random.pick(['domain', 'domain', 'domain', 'linkedin', 'abn', 'id', 'site'] as const),
});

const budget = (random: Random, at: number): BudgetStep => {
  const scope = random.pick(['WORKSPACE', 'WORKSPACE', 'CONNECTION', 'WORKFLOW'] as const);
  return {
    do: 'budget',
    name: `budget ${at}`,
    scope,
    subject: scope === 'CONNECTION' ? String(random.int(2)) : scope === 'WORKFLOW' ? 'crm' : null,
    period: random.pick(['DAY', 'WEEK', 'MONTH', 'TOTAL'] as const),
    timeZone: random.pick(zones),
    midnightInMs: random.chance(0.3) ? random.int(1_200) : null,
    limit: random.int(4),
    mode: random.chance(0.85) ? 'HARD' : 'SOFT',
  };
};

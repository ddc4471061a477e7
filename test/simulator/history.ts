/** How the provider treats one call. PLAIN: a hit or a miss, as it should be. */
export const troubles = [
  'THROTTLED',
  'REFUSED',
  'BROKEN_UNSENT',
  'BROKEN_SENT',
  'TIMEOUT_CHARGED',
  'TIMEOUT_UNCHARGED',
  'CUT',
  'UNREADABLE',
  'CLIENT_THROWS',
] as const;
export type Trouble = (typeof troubles)[number];

/** One item of a lookup. `site` is a domain by which the provider finds the record but does not return. */
export type Item = { record: number; by: 'id' | 'domain' | 'site' | 'linkedin' | 'abn' };

/** The budget's day begins `midnightInMs` after the step, unless that is null: histories cross it. */
export type BudgetStep = {
  do: 'budget';
  name: string;
  scope: 'WORKSPACE' | 'CONNECTION' | 'WORKFLOW';
  /** The number of the account, or the workflow's name. */
  subject: string | null;
  period: 'DAY' | 'WEEK' | 'MONTH' | 'TOTAL';
  timeZone: string;
  midnightInMs: number | null;
  limit: number;
  mode: 'HARD' | 'SOFT';
};

export type LookupStep = {
  do: 'lookup';
  instance: number;
  account: number;
  /** The key is sent with the request instead of stored as a connection. */
  ownKey: boolean;
  items: Item[];
  country: 'AU' | 'NZ';
  workflow: string | null;
  maxCredits: number | null;
  /** Accepts no snapshot. */
  fresh: boolean;
  trouble: Trouble | null;
  takesMs: number;
};

/** An ADMIN decides presumed charges, while everything else goes on. */
export type DecideStep = {
  do: 'decide';
  /** One charge by its number among those that are presumed then, or all of the filter. */
  which: number | 'ALL';
  cause: 'TIMEOUT' | 'CRASH' | null;
  account: number | null;
  /** RIGHT and WRONG are about what the provider has charged by then. For all they stand for true and false. */
  charged: 'RIGHT' | 'WRONG' | 'CHARGED' | 'NOT_CHARGED';
  /** Another decision at the same moment. */
  also: 'SAME' | 'OPPOSITE' | null;
};

export type Step =
  | LookupStep
  | DecideStep
  | BudgetStep
  | { do: 'limit'; name: string; limit: number }
  | { do: 'endBudget'; name: string }
  /** The process dies after this many more boundaries: before or after a statement or a call. */
  | { do: 'crash'; instance: number; boundaries: number }
  /** A new process replaces the old one, which is killed if it is alive. */
  | { do: 'restart'; instance: number }
  /** Every reservation expires at once, as after a jump of the clock or a long suspension of a process. */
  | { do: 'expire' }
  /** The account gets a new key; the provider refuses the old one. */
  | { do: 'rotate'; account: number }
  /** The database drops the connections of an instance. */
  | { do: 'cut'; instance: number }
  /** The next statement of an instance is executed, but its response is lost. */
  | { do: 'lose'; instance: number }
  /**
   * The process stands still at its next boundary: a stopped process, a sleeping laptop, a paused virtual machine.
   * `expires`: its reservations expire meanwhile. `counted`: the clocks that show the time afterwards.
   */
  | { do: 'stop'; instance: number; expires: boolean; counted: 'BOTH' | 'WALL' | 'MONOTONIC' }
  /** It goes on, as it does at the latest before the next rest. */
  | { do: 'continue'; instance: number }
  /** What remains only for late results of decided charges is deleted, as after a day. */
  | { do: 'nextDay' }
  | { do: 'pause'; forMs: number }
  /** Waits for every result, and checks everything. */
  | { do: 'rest' };

export type History = {
  seed: number;
  instances: number;
  /** How many records exist; the next number is one that does not. */
  records: number;
  keepsSnapshots: boolean;
  ledgerBatchMax: number;
  /** By which functions the processes write single reservations and settlements. MIXED: each second one by those of batches. */
  alone: 'ONE' | 'BATCH' | 'MIXED';
  steps: Step[];
};

/** Whether reservations expire while their process lives on, so that an entry has another result than its lookup. */
export const expiresEarly = (history: History): boolean =>
  history.steps.some((step) => step.do === 'expire' || (step.do === 'stop' && step.expires));

/** Whether the ledger is at times unreachable: then a lookup may be refused without an entry. */
export const losesDatabase = (history: History): boolean =>
  history.steps.some((step) => step.do === 'cut' || step.do === 'lose');

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

/** One thing asked for. `site` is a domain that the provider knows the record by and does not tell of. */
export type Want = { record: number; by: 'id' | 'domain' | 'site' | 'linkedin' | 'abn' };

/** A budget's day begins `midnightInMs` after the step, where that is not null: histories cross it. */
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

export type AskStep = {
  do: 'ask';
  instance: number;
  account: number;
  /** Sent with the request, rather than stored as a connection. */
  ownKey: boolean;
  wants: Want[];
  country: 'AU' | 'NZ';
  workflow: string | null;
  maxCredits: number | null;
  /** Takes no copy, however young. */
  fresh: boolean;
  trouble: Trouble | null;
  takesMs: number;
};

export type Step =
  | AskStep
  | BudgetStep
  | { do: 'limit'; name: string; limit: number }
  | { do: 'endBudget'; name: string }
  /** The process is gone after so many more arrivals at a boundary: a statement or a call, about to leave or back. */
  | { do: 'crash'; instance: number; boundaries: number }
  /** A new process in the place of the old one, which is killed if it still lives. */
  | { do: 'restart'; instance: number }
  /** The life of every reservation is over at once, as after a jump of the clock or a long sleep of a process. */
  | { do: 'expire' }
  /** The account gets a new key; the provider refuses the old one. */
  | { do: 'rotate'; account: number }
  /** The database drops the connections of an instance. */
  | { do: 'cut'; instance: number }
  /** The next statement of an instance is done, but its answer never arrives. */
  | { do: 'lose'; instance: number }
  | { do: 'pause'; forMs: number }
  /** Waits for every answer, and checks everything. */
  | { do: 'rest' };

export type History = {
  seed: number;
  instances: number;
  /** How many records exist; asks for the next number are for one that does not. */
  records: number;
  keepsCopies: boolean;
  ledgerBatchMax: number;
  steps: Step[];
};

/** Whether the ledger is at times out of reach: then an ask may be turned away, and need not leave an entry. */
export const losesDatabase = (history: History): boolean =>
  history.steps.some((step) => step.do === 'cut' || step.do === 'lose');

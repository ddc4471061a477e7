import type { readingSource } from '../../schema/tables/index.js';
import type { Delivery } from '../alerts/read-alerts.js';
import type { Connection } from '../connections/connection.js';

export type ReadingSource = (typeof readingSource.enumValues)[number];

/** The balance of an account at one instant. */
export type Reading = { id: string; at: Date; credits: bigint; source: ReadingSource };

/** A balance that a provider reported in a response, or by refusing a call because no credits were left. */
export type ReportedBalance = {
  workspaceId: string;
  accountId: string;
  credits: bigint;
  source: 'REPORTED' | 'OUT_OF_CREDITS';
};

/** Credits bought in addition to the plan. */
export type Pool = {
  id: string;
  name: string;
  credits: bigint;
  startsAt: Date;
  /** Null: never. */
  endsAt: Date | null;
};

/** The credits that an account gets each month, as an ADMIN set them. */
export type Plan = {
  monthlyCredits: bigint;
  /** 1 to 31; in shorter months the last day. */
  renewalDay: number;
  timeZone: string;
  /** Whether remaining credits are kept at a renewal. */
  rollover: boolean;
  /** Percentages of the month's credits, ascending. */
  thresholds: number[];
  updatedAt: Date;
};

/** When a plan renews. */
export type Renewal = Pick<Plan, 'renewalDay' | 'timeZone'>;

const poolKinds = ['SUBSCRIPTION', 'ADD_ON'] as const;
export type PoolKind = (typeof poolKinds)[number];

/** The present balance of one pool. */
export type PoolBalance = {
  /** Null for the subscription. */
  id: string | null;
  name: string;
  kind: PoolKind;
  remaining: bigint;
  startsAt: Date | null;
  endsAt: Date | null;
};

/**
 * One period between two readings: `after = before + granted - gatewaySpend - externalSpend`, exactly. A negative
 * `externalSpend` is credits that no plan or pool granted.
 */
export type Drift = {
  from: Date;
  to: Date;
  before: bigint;
  after: bigint;
  /** The credits of renewals and add-ons, minus those that expired. */
  granted: bigint;
  /** The spending in the ledger. */
  gatewaySpend: bigint;
  externalSpend: bigint;
};

/** The month's credits are used up to a threshold. */
export type Warning = { threshold: number; startsAt: Date; used: bigint; monthlyCredits: bigint };

/** A warning with its alert and the deliveries of it. */
export type RaisedWarning = Warning & {
  /** Null until the next check, within a minute. */
  raisedAt: Date | null;
  deliveries: Delivery[];
};

/** The balance of an account, as exactly as the gateway knows it. */
export type BalanceEstimate = {
  connection: Connection;
  accountId: string;
  asOf: Date;
  plan: (Plan & { pools: Pool[] }) | null;
  /** Null without a plan and a reading. */
  remaining: bigint | null;
  /** In the order of their use; they add up to `remaining`. */
  pools: PoolBalance[];
  latestReading: Reading | null;
  /** Newest first. */
  drift: Drift[];
  burnPerDay7: number;
  burnPerDay30: number;
  /** Whether spending of the last 30 days is at least 7 days old, which `depletesAt` and `renewsFirst` need. */
  hasHistory: boolean;
  /** Null if the next renewal comes first, nothing is spent, or there is no such history. */
  depletesAt: Date | null;
  renewsAt: Date | null;
  renewsFirst: boolean;
  /** False if the provider reported the balance. */
  estimated: boolean;
  warnings: RaisedWarning[];
};

/** The connection whose key reads the balance of its account. */
export type BalanceSource = Pick<Connection, 'id' | 'provider' | 'accountId' | 'disabledAt'>;

/**
 * Reads the balance from a provider that reports it, unless the latest reading is less than a minute old. With `exact` it
 * reads only where the reading is exact, and the caller decides how often. Never throws.
 */
export type BalanceRefresher = (
  workspaceId: string,
  connection: BalanceSource,
  options?: { exact?: boolean },
) => Promise<void>;

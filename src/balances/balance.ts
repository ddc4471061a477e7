import type { readingSource } from '../../schema/tables/index.js';
import type { Connection } from '../connections/connection.js';

export type ReadingSource = (typeof readingSource.enumValues)[number];

/** What an account's balance was said to be at one instant. */
export type Reading = { id: string; at: Date; credits: bigint; source: ReadingSource };

/** What a provider said of an account's balance, beside an answer or by refusing for want of credits. */
export type ReportedBalance = {
  workspaceId: string;
  accountId: string;
  credits: bigint;
  source: 'REPORTED' | 'OUT_OF_CREDITS';
};

/** Credits bought on top of the plan. */
export type Pool = {
  id: string;
  name: string;
  credits: bigint;
  startsAt: Date;
  /** Null: never. */
  endsAt: Date | null;
};

/** What an account gets each month, as its owner declared it. */
export type Plan = {
  monthlyCredits: bigint;
  /** 1 to 31; in shorter months the last day. */
  renewalDay: number;
  timeZone: string;
  /** Whether what is left at a renewal is kept. */
  rollover: boolean;
  /** Percentages of the month's credits, ascending. */
  thresholds: number[];
  /** Where reached thresholds are sent. */
  webhookUrl: string | null;
  declaredAt: Date;
};

/** Whose day and month renewals follow. */
export type Renewal = Pick<Plan, 'renewalDay' | 'timeZone'>;

export const poolKinds = ['SUBSCRIPTION', 'ADD_ON'] as const;
export type PoolKind = (typeof poolKinds)[number];

/** What one pool of credits holds now. */
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
 * One period between two readings: `after = before + brought - gatewaySpend - externalSpend`, exactly. Below zero,
 * `externalSpend` is credits that came from where nobody has declared any.
 */
export type Drift = {
  from: Date;
  to: Date;
  before: bigint;
  after: bigint;
  /** What renewals and add-ons brought, less what lapsed. */
  granted: bigint;
  /** What the ledger says was spent. */
  gatewaySpend: bigint;
  externalSpend: bigint;
};

/** That so much of the month's credits is used. */
export type Warning = { threshold: number; startsAt: Date; used: bigint; monthlyCredits: bigint };

/** What became of a warning: when it was first seen, and when the webhook took it; null where neither has happened. */
export type RaisedWarning = Warning & {
  /** Null until the next check, within a minute. */
  raisedAt: Date | null;
  /** Attempts to deliver the webhook so far. */
  attempts: number;
  nextAttemptAt: Date | null;
  deliveredAt: Date | null;
};

/** What an account has left, as well as the gateway can know it. */
export type BalanceEstimate = {
  connection: Connection;
  accountId: string;
  asOf: Date;
  plan: (Plan & { pools: Pool[] }) | null;
  /** Null where nothing was declared and nothing read. */
  remaining: bigint | null;
  /** In the order in which they are used; they add up to `remaining`. */
  pools: PoolBalance[];
  latestReading: Reading | null;
  /** Newest first. */
  drift: Drift[];
  burnPerDay7: number;
  burnPerDay30: number;
  /** Null where the next renewal comes first, or nothing is spent. */
  depletesAt: Date | null;
  renewsAt: Date | null;
  renewsFirst: boolean;
  /** Whether this was worked out rather than told by the provider. */
  estimated: boolean;
  warnings: RaisedWarning[];
};

/** Makes sure that the account's latest reading is no older than a minute, where its provider tells; never throws. */
export type BalanceRefresher = (workspaceId: string, connection: Connection) => Promise<void>;

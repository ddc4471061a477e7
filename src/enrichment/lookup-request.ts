import type { Caller } from '../access/caller.js';
import type { PayerChoice } from '../connections/resolve-credential.js';
import type { Country } from '../providers/provider.js';
import type { ProviderName } from '../providers/catalogue.js';
import type { Step } from '../waterfalls/step.js';
import { type Allowance, both, createAllowance } from './allowance.js';

/** What the lookups of one request share: the caller, the keys sent with the request, and its credit limit. */
export type LookupRequest = {
  caller: Caller;
  /** The id of the HTTP request, for the log; null outside HTTP. */
  requestId: string | null;
  /** The caller's own keys for this request, as sent; never stored. */
  callerKeys: Partial<Record<ProviderName, string>>;
  /** The request's own workflow; null: the token's. */
  workflow: string | null;
  /**
   * False for a request over GET, which is repeated and prefetched by others, and for a token whose scope does not allow
   * it: it reads unlocked records only.
   */
  maySpend: boolean;
  /** What the request may spend; `unlimited` where it has no limit. */
  allowance: Allowance;
  /** Credits of this request so far, for `extensions.credits`. */
  tally: { charged: bigint; saved: bigint; reserved: bigint };
  /** How many records were looked up so far, for the log, and the lookups that are running. */
  lookups: { count: number; running: Set<Promise<unknown>> };
  /**
   * The job and its row that the lookup is for. Its calls give way to those of other lookups. Absent outside of jobs.
   */
  job?: { id: string; row: number; waits?: JobWaits };
};

/** What a request has before its first lookup. */
export const newCounts = (): Pick<LookupRequest, 'tally' | 'lookups'> => ({
  tally: { charged: 0n, saved: 0n, reserved: 0n },
  lookups: { count: 0, running: new Set() },
});

/** Called for each lookup of a job that is reserved and waits to be sent. Where `isStopped`, those that still wait are not sent. */
export type JobWaits = { started: () => void; ended: () => void; isStopped: () => boolean };

/** The options of one lookup or one list of lookups. */
export type LookupOptions = {
  /** The only connection to use, unless a waterfall is given. */
  connectionId?: string | null;
  /** The steps to try, in order: 1 to 10. */
  waterfall?: readonly Step[] | null;
  /** The name of a stored waterfall, instead of `waterfall`. */
  waterfallName?: string | null;
  /** Who may pay; ANY where absent. */
  payer?: PayerChoice | null;
  country?: Country | null;
  /** The oldest snapshot that may be returned, in seconds; the configured SNAPSHOT_MAX_AGE where absent. */
  maxAgeSeconds?: number | null;
  /** The most credits that this field of the request may spend, lists included. */
  maxCredits?: number | null;
  workflow?: string | null;
  /** Whether the registrable domain is looked up after a subdomain was missed, as further steps of the lookup. */
  registrableDomainOnMiss?: boolean | null;
};

/** What one field of a request may spend: its own limit, within the request's. */
export const allowanceFor = (request: LookupRequest, { maxCredits }: LookupOptions): Allowance =>
  maxCredits == null ? request.allowance : both(request.allowance, createAllowance(BigInt(maxCredits)));

/** The workflow that a lookup is reported under: the field's, else the request's, else the token's. */
export const workflowOf = (request: LookupRequest, options: LookupOptions = {}): string | null =>
  options.workflow ?? request.workflow ?? request.caller.workflow;

/** Identifiers as callers write them: exactly one of the fields is set. */
export type CompanyKey = {
  id?: string | null | undefined;
  domain?: string | null | undefined;
  website?: string | null | undefined;
  linkedin?: string | null | undefined;
  abn?: string | null | undefined;
};
export type PersonKey = {
  id?: string | null | undefined;
  linkedin?: string | null | undefined;
  workEmail?: string | null | undefined;
  personalEmail?: string | null | undefined;
};

import type { Caller } from '../access/caller.js';
import type { PayerChoice } from '../connections/choose-credential.js';
import type { Country } from '../providers/provider.js';
import type { ProviderName } from '../providers/catalogue.js';
import type { Step } from '../waterfalls/step.js';
import type { Allowance } from './allowance.js';

/** What the asks of one request share: who asks, with which key of their own, and how much they may spend. */
export type LookupRequest = {
  caller: Caller;
  /** The caller's own keys for this request, as sent; never stored. */
  callerKeys: Partial<Record<ProviderName, string>>;
  /** The X-Workflow header. */
  workflow: string | null;
  /** The X-Max-Credits header as a running allowance; without limit where the header was absent. */
  allowance: Allowance;
  /** Credits of this request so far, for `extensions.credits`. */
  tally: { charged: bigint; saved: bigint; reserved: bigint };
};

/** The options of one ask or one list of asks. */
export type LookupOptions = {
  /** The only connection to ask with, unless a waterfall is given. */
  connectionId?: string | null;
  /** The steps to try, in order: 1 to 10. */
  waterfall?: readonly Step[] | null;
  /** The name of a stored waterfall, instead of `waterfall`. */
  waterfallName?: string | null;
  /** Whose money may be used; ANY where absent. */
  payer?: PayerChoice | null;
  country?: Country | null;
  /** The oldest snapshot that will do, in seconds; the configured SNAPSHOT_MAX_AGE where absent. */
  maxAgeSeconds?: number | null;
  /** The most that this field of the request may spend, lists included. */
  maxCredits?: number | null;
  workflow?: string | null;
};

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

import type { PayerChoice } from '../connections/choose-credential.js';
import type { Allowance } from './allowance.js';
import type { Deadline } from './deadline.js';
import type { Place } from './labels.js';
import type { LookupRequest } from './lookup-request.js';
import type { ProviderQuery } from './resolved-lookup.js';

/** One step of an ask on its way: what is asked of whom, for which caller, with how much money and time. */
export type StepContext<Record> = {
  request: LookupRequest;
  query: ProviderQuery<Record>;
  place: Place;
  /** The connection the step names; null for whoever pays by default. */
  connectionId: string | null;
  payer: PayerChoice | null;
  allowance: Allowance;
  deadline: Deadline;
};

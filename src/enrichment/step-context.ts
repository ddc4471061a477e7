import type { Operation } from '../access/scopes.js';
import type { ResolvedCredential, PayerChoice } from '../connections/resolve-credential.js';
import type { EntryLabels } from '../ledger/types.js';
import type { ProviderName } from '../providers/catalogue.js';
import type { Allowance } from './allowance.js';
import type { Deadline } from './deadline.js';
import type { LookupRequest } from './lookup-request.js';
import type { ProviderQuery } from './resolve-lookup.js';

/** One step of a lookup: what to fetch from which provider, for which caller, within which credits and time. */
export type StepContext<Record> = {
  request: LookupRequest;
  query: ProviderQuery<Record>;
  position: StepPosition;
  /** The connection that the step names; null: the default payer. */
  connectionId: string | null;
  payer: PayerChoice | null;
  allowance: Allowance;
  deadline: Deadline;
};

/**
 * Where an attempt stands in its lookup. No two attempts of a lookup have the same `step`, because the ledger counts
 * lookups by their first one. `lookupId` is the id of the first attempt's entry; null in the first attempt.
 */
export type StepPosition = { step: number; lookupId: string | null };

export const firstPosition: StepPosition = { step: 1, lookupId: null };

/** The position of the attempt that follows one with this entry. */
export const positionAfter = (
  { lookupId }: StepPosition,
  { step, entryId }: { step: number; entryId: string },
): StepPosition => ({ step: step + 1, lookupId: lookupId ?? entryId });

/** What reports group a step by. */
export type StepKind = {
  operation: Operation;
  provider: ProviderName;
  workflow: string | null;
};

export const kindOf = ({
  operation,
  provider,
  workflow,
}: Omit<StepKind, 'provider'> & { provider: { name: ProviderName } }): StepKind => ({
  operation,
  provider: provider.name,
  workflow,
});

/** The labels of a step's entry, whose id is `id`. */
export const labelsOf = (
  request: LookupRequest,
  kind: StepKind,
  credential: ResolvedCredential | null,
  position: StepPosition,
  id: string,
): EntryLabels => ({
  lookupId: position.lookupId ?? id,
  step: position.step,
  operation: kind.operation,
  provider: kind.provider,
  connectionId: credential?.connectionId ?? null,
  payer: credential?.payer ?? null,
  sandbox: credential?.sandbox ?? false,
  tokenId: request.caller.tokenId,
  workflow: kind.workflow,
  jobId: request.job?.id ?? null,
  jobRow: request.job?.row ?? null,
});

/** Waits, and counts the lookup meanwhile among those of its job that wait to be sent. */
export const waitCounted = async <Result>(
  { request: { job } }: Pick<StepContext<unknown>, 'request'>,
  wait: Promise<Result>,
): Promise<Result> => {
  if (job?.waits === undefined) return await wait;
  job.waits.started();
  try {
    return await wait;
  } finally {
    job.waits.ended();
  }
};

import type { Credential } from '../connections/choose-credential.js';
import type { Problem } from '../errors.js';
import type { ReservationRequest, Settlement } from '../ledger/types.js';
import type { ProviderResult } from './call-with-breaker.js';
import type { EnrichmentDeps } from './deps.js';
import { explain, readNoRecord } from './explain.js';
import type { ProviderQuery } from './resolved-lookup.js';
import { writeSnapshot } from './write-snapshot.js';

/** What a provider's answer means for the reservation it was made under, and for the caller. */
export const toSettlement = <Record>(
  deps: Pick<EnrichmentDeps, 'snapshotMaxAgeSeconds'>,
  query: ProviderQuery<Record>,
  credential: Credential,
  reservation: ReservationRequest,
  verdict: ProviderResult<Record>,
  latencyMs: number,
): { settlement: Settlement; problem: Problem | null } => {
  const charged = verdict.kind === 'NOT_SENT' ? null : (verdict.reported?.credits ?? null);
  if (verdict.kind === 'FOUND') {
    const found = {
      recordKey: query.nameOf(verdict.record),
      price: query.price.maxCredits,
      lookupKeys: query.lookupKeysOf(verdict.record),
      body: deps.snapshotMaxAgeSeconds === 0 ? null : writeSnapshot(verdict),
    };
    return {
      settlement: { reservation, outcome: 'FOUND', found, charged, problem: null, latencyMs },
      problem: null,
    };
  }
  const { outcome, problem } = endedWithout(query, credential, verdict);
  return {
    settlement: { reservation, outcome, charged, problem: problem?.code ?? null, latencyMs },
    problem,
  };
};

const endedWithout = <Record>(
  query: ProviderQuery<Record>,
  { payer }: Credential,
  verdict: Exclude<ProviderResult<Record>, { kind: 'FOUND' }>,
) => {
  if (verdict.kind === 'NOT_SENT') return { outcome: 'FAILED' as const, problem: verdict.problem };
  // Without the requirement the same question may have found: nobody else may take this for a miss.
  if (verdict.kind === 'NOT_FOUND' && verdict.forFields === true) {
    return { outcome: 'NOT_FOUND' as const, problem: explain('FIELDS_MISSING', query.provider) };
  }
  return readNoRecord(verdict, query.provider, payer);
};

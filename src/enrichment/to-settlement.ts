import type { Credential } from '../connections/choose-credential.js';
import type { Problem } from '../errors.js';
import type { Ask, Ending } from '../ledger/types.js';
import type { Verdict } from './call-with-breaker.js';
import type { EnrichmentDeps } from './deps.js';
import { explain, readNoRecord } from './explain.js';
import type { Question } from './resolved-lookup.js';
import { writeCopy } from './write-snapshot.js';

/** What a provider's answer means for the reservation it was made under, and for the caller. */
export const endingOf = <Record>(
  deps: Pick<EnrichmentDeps, 'snapshotMaxAgeSeconds'>,
  question: Question<Record>,
  credential: Credential,
  reservation: Ask,
  verdict: Verdict<Record>,
  latencyMs: number,
): { ending: Ending; problem: Problem | null } => {
  const charged = verdict.kind === 'HELD_BACK' ? null : (verdict.reported?.credits ?? null);
  if (verdict.kind === 'FOUND') {
    const found = {
      record: question.nameOf(verdict.record),
      price: question.price.most,
      aliases: question.aliasesOf(verdict.record),
      body: deps.snapshotMaxAgeSeconds === 0 ? null : writeCopy(verdict),
    };
    return {
      ending: { reservation, outcome: 'FOUND', found, charged, problem: null, latencyMs },
      problem: null,
    };
  }
  const { outcome, problem } = endedWithout(question, credential, verdict);
  return { ending: { reservation, outcome, charged, problem: problem?.code ?? null, latencyMs }, problem };
};

const endedWithout = <Record>(
  question: Question<Record>,
  { payer }: Credential,
  verdict: Exclude<Verdict<Record>, { kind: 'FOUND' }>,
) => {
  if (verdict.kind === 'HELD_BACK') return { outcome: 'FAILED' as const, problem: verdict.problem };
  // Without the requirement the same question may have found: nobody else may take this for a miss.
  if (verdict.kind === 'NOT_FOUND' && verdict.forFields === true) {
    return { outcome: 'NOT_FOUND' as const, problem: explain('FIELDS_MISSING', question.provider) };
  }
  return readNoRecord(verdict, question.provider, payer);
};

import type { Problem } from '../errors.js';
import type { Ask, Ending } from '../ledger/ask.js';
import type { Found, NoRecord } from '../providers/provider.js';
import type { EnrichmentDeps } from './deps.js';
import { readNoRecord } from './explain.js';
import type { Wish } from './wish.js';

/** What a provider's answer means for the reservation it was made under, and for the caller. */
export const endingOf = <Record>(
  deps: EnrichmentDeps,
  wish: Wish<Record>,
  reservation: Ask,
  verdict: Found<Record> | NoRecord,
  latencyMs: number,
): { ending: Ending; problem: Problem | null } => {
  const { title, price } = deps.providers[wish.provider];
  if (verdict.kind !== 'FOUND') {
    const { outcome, problem } = readNoRecord(verdict, title);
    return { ending: { reservation, outcome, problem: problem?.code ?? null, latencyMs }, problem };
  }
  const found = {
    record: wish.nameOf(verdict.record),
    price,
    aliases: wish.aliasesOf(verdict.record),
    body: deps.snapshotMaxAgeSeconds === 0 ? null : bodyOf(verdict.raw),
  };
  return { ending: { reservation, outcome: 'FOUND', found, problem: null, latencyMs }, problem: null };
};

/** The provider's object as JSON; null where it cannot be written (nested beyond reason): then no copy is kept. */
const bodyOf = (raw: unknown): string | null => {
  try {
    return JSON.stringify(raw);
  } catch {
    return null;
  }
};

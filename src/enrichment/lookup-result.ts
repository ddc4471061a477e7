import type { Problem, ProblemCode } from '../errors.js';
import type { Charge, IdentifierSource, Outcome } from '../ledger/types.js';
import type { ProviderName } from '../providers/catalogue.js';

/** Who paid, or would have: a stored connection, the key sent with the request, or the operator's managed account. */
export type Payer = { kind: 'CONNECTION' | 'CALLER_KEY' | 'MANAGED'; connectionId: string | null };

/** One step of a lookup, as its ledger entry says. */
export type Attempt = {
  /** From 1. */
  step: number;
  entryId: string;
  provider: ProviderName;
  connectionId: string | null;
  /** Null where the step was refused before its payer was resolved. */
  payer: Payer | null;
  outcome: Outcome;
  charge: Charge;
  creditsCharged: bigint;
  creditsSaved: bigint;
  fromSnapshot: boolean;
  latencyMs: number;
  /** Why the step found nothing, or which required fields its record does not have; null otherwise. */
  code: ProblemCode | null;
  reason: string | null;
  /** The registrable domain that the step looked up, after the subdomain that was given was missed; null otherwise. */
  registrableDomain: string | null;
};

/**
 * Which provider was called, by this step or by the lookup whose call it joined; null where none was. For the log: where this
 * step called it, and why the call failed; null where it did not call.
 */
export type CallFacts = { called: ProviderName | null; host: string | null; cause: string | null };

/** What one lookup cost over all its steps, and who paid. Its id is the id of its first entry. */
export type Receipt = {
  id: string;
  charge: Charge;
  creditsCharged: bigint;
  creditsSaved: bigint;
  /** The payer and the provider of the step that decided the result. */
  payer: Payer | null;
  provider: ProviderName | null;
  fromSnapshot: boolean;
  sandbox: boolean;
  unlockedAt: Date | null;
  fetchedAt: Date | null;
  /** That of the step that decided the result. */
  registrableDomain: string | null;
  /** How the identifier leads to the record of the step that decided the result; null without one. */
  identifierSource: IdentifierSource | null;
  /** The name of the record; null where none was found, or it has none. */
  recordName: string | null;
  attempts: Attempt[];
};

/** Which provider a field came from: `name`, or `emails.personal` where only that part was filled in. */
export type FieldSource = { field: string; provider: ProviderName };

/** One record of one provider: its own id, and its variant; of a company, the country of its figures. */
export type RecordPart = { id: string; variant: string };

/** What identifies the stored content of a record. */
export type SnapshotKey = { unlockId: string; variant: string };

/**
 * The result of one lookup. `raw` is the whole object of the first provider that found a record, unchanged. `raw` and
 * `sources` are computed when called, because few callers read them.
 */
export type LookupResult<Record> = {
  outcome: Outcome;
  record: Record | null;
  raw: () => unknown;
  /** One for every field that has a value. */
  sources: () => FieldSource[];
  /** The records whose content this is, the first found first. Empty where none was found. */
  parts: readonly RecordPart[];
  /** Where the content of each part is stored, in the order of `parts`. */
  snapshots: readonly SnapshotKey[];
  receipt: Receipt;
  /** One for each attempt of the receipt. */
  calls: readonly CallFacts[];
  problem: Problem | null;
  /** After a miss of a subdomain that may be an organization of its own: its registrable domain; null otherwise. */
  suggestedDomain: string | null;
};

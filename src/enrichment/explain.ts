import { type Problem, type ProblemCode, problem } from '../errors.js';
import type { NoRecord } from '../providers/provider.js';
import type { Provider } from '../providers/catalogue.js';
import type { Outcome } from '../ledger/types.js';
import type { Payer } from './lookup-result.js';

/** Of whom a text tells, and on whose account. */
export type ProviderInfo = Pick<Provider, 'name' | 'title' | 'refetchIsFree'>;
type PayerKind = Payer['kind'] | null;

/** What a problem with a provider means for the caller, and what to do. One text for each code, on every surface. */
export const explain = (
  code: ProblemCode,
  provider: ProviderInfo,
  retryAfterSeconds: number | null = null,
  payer: PayerKind = null,
): Problem => {
  const text = (payer === 'MANAGED' ? managedTexts(provider)[code] : null) ?? texts(provider)[code];
  return problem(code, text ?? `${provider.title} could not answer (${code}).`, retryAfterSeconds);
};

/**
 * What it means that a record never came, by the reason. `charged` is what the provider said of it all the same; null:
 * nobody knows.
 */
export const explainUnknown = (
  code: ProblemCode,
  provider: ProviderInfo,
  charged: bigint | null = null,
): Problem => {
  const what = unknownTexts(provider)[code] ?? `The call to ${provider.title} was given up.`;
  if (charged !== null) return problem(code, `${what} It was charged ${charged} credits. Ask again later.`);
  const then = provider.refetchIsFree
    ? 'so a credit reserved for it is counted as presumed; ask again, which settles it at no further cost.'
    : `so the credits reserved for it are counted as presumed; asking again may be charged again, since ${provider.title} charges for every answer.`;
  return problem(code, `${what} It is not known whether it was charged, ${then}`);
};

const unknownTexts = ({ title }: ProviderInfo): Partial<Record<ProblemCode, string>> => ({
  PROVIDER_TIMEOUT: `${title} did not answer in time.`,
  PROVIDER_UNAVAILABLE: `The connection to ${title} was lost before its answer was whole.`,
  PROVIDER_ANSWER_UNREADABLE: `The answer of ${title} could not be read.`,
});

const texts = ({ name, title, refetchIsFree }: ProviderInfo): Partial<Record<ProblemCode, string>> => ({
  INVALID_IDENTIFIER: `${title} takes this identifier for invalid: compare it with the source.`,
  FIELDS_MISSING: `${title} has no record with the fields required.`,
  KEY_REFUSED: `${title} refused the key: it may be mistyped, revoked or deleted. Copy the present one from ${title}; a connection that has the old one takes it by rotateConnectionKey.`,
  PLAN_WITHOUT_API:
    name === 'FIRMABLE'
      ? `${title} takes the key, but its plan has no API access: it needs Teams Pro or above; write to support@firmable.com to upgrade.`
      : `${title} takes the key, but neither its plan nor its scopes allow this: change them at ${title}.`,
  OUT_OF_CREDITS: `The ${title} account has no credits left: buy more or wait for its renewal.${refetchIsFree ? ' Records it has unlocked stay free.' : ''}`,
  RATE_LIMITED: `${title} takes no more requests from this key just now; nothing was charged. Ask again after the delay.`,
  PROVIDER_UNAVAILABLE: `${title} could not be reached or answered with a fault; nothing was charged. Ask again later.`,
  PROVIDER_TIMEOUT: `${title} did not answer in time. Ask again later.`,
  PROVIDER_ANSWER_UNREADABLE: `The answer of ${title} could not be read. Ask again later.`,
  LEDGER_UNAVAILABLE: `The answer came, but the ledger cannot be written just now; it will be as soon as it can. Ask again in a moment${refetchIsFree ? ', at no further cost' : ''}.`,
});

const managedTexts = ({ title }: ProviderInfo): Partial<Record<ProblemCode, string>> => {
  const then = 'tell the operator of this gateway, or create a connection of your own.';
  return {
    KEY_REFUSED: `${title} refused the operator's key: ${then}`,
    PLAN_WITHOUT_API: `The plan of the operator's ${title} account does not allow this: ${then}`,
    OUT_OF_CREDITS: `The operator's ${title} account has no credits left: ${then}`,
  };
};

/** A provider's answer without a record, as an outcome and a problem. */
export const readNoRecord = (
  verdict: NoRecord,
  provider: ProviderInfo,
  payer: PayerKind = null,
): { outcome: Exclude<Outcome, 'FOUND'>; problem: Problem | null } => {
  switch (verdict.kind) {
    case 'NOT_FOUND':
      return { outcome: 'NOT_FOUND', problem: null };
    case 'THROTTLED':
      return { outcome: 'FAILED', problem: explain('RATE_LIMITED', provider, verdict.retryAfterSeconds) };
    case 'REFUSED':
      return { outcome: 'REFUSED', problem: explain(verdict.code, provider, null, payer) };
    case 'BROKEN':
      return { outcome: 'FAILED', problem: explain(verdict.code, provider) };
    case 'UNKNOWN':
      return {
        outcome: 'UNKNOWN',
        problem: explainUnknown(verdict.code, provider, verdict.reported?.credits ?? null),
      };
  }
};

import { type Problem, type ProblemCode, problem } from '../errors.js';
import type { FullBudget, Outcome } from '../ledger/types.js';
import type { Provider } from '../providers/catalogue.js';
import type { AccountHealth } from '../providers/circuits.js';
import type { NoRecord, RecordField } from '../providers/provider.js';
import type { Payer } from './lookup-result.js';

/** What a message says of a provider. */
export type ProviderInfo = Pick<Provider, 'name' | 'title' | 'refetchIsFree'>;
type PayerKind = Payer['kind'] | null;

/** What a provider's problem means for the caller, and what to do. One message for each code, on every surface. */
export const explain = (
  code: ProblemCode,
  provider: ProviderInfo,
  retryAfterSeconds: number | null = null,
  payer: PayerKind = null,
): Problem => {
  const message = (payer === 'MANAGED' ? managedMessages(provider)[code] : null) ?? messages(provider)[code];
  return problem(code, message ?? `${provider.title} could not answer (${code}).`, retryAfterSeconds);
};

/**
 * `charged` is what the provider reported of a call; null: unknown. `isFree`: it costs nothing. `isCounted`: nothing was
 * reserved for it, because the presumed charge of an earlier call is counted.
 */
export type CallCost = { charged?: bigint | null; isFree?: boolean; isCounted?: boolean };

/** What it means that no record came back after the request was sent, by the reason. */
export const explainUnknown = (
  code: ProblemCode,
  provider: ProviderInfo,
  { charged = null, isFree = false, isCounted = false }: CallCost = {},
): Problem => {
  const what = unknownMessages(provider)[code] ?? `The call to ${provider.title} was lost.`;
  if (charged !== null) return problem(code, `${what} It charged ${charged} credits. Try again later.`);
  if (isFree) return problem(code, `${what} Such a call costs nothing, so nothing is counted. Try again.`);
  if (isCounted) {
    const earlier =
      'The presumed charge of an earlier call is counted already, and this call adds nothing to it.';
    return problem(code, `${what} ${earlier} Try again: that settles it at no further cost.`);
  }
  const then = provider.refetchIsFree
    ? 'The reserved credits are counted as a presumed charge. Try again: that settles it at no further cost.'
    : `The reserved credits are counted as a presumed charge. Trying again may be charged again, because ${provider.title} charges for every answer.`;
  return problem(code, `${what} It is unknown whether it was charged. ${then}`);
};

const unknownMessages = ({ title }: ProviderInfo): Partial<Record<ProblemCode, string>> => ({
  PROVIDER_TIMEOUT: `${title} did not answer in time.`,
  PROVIDER_UNAVAILABLE: `The connection to ${title} was lost before its answer was complete.`,
  PROVIDER_ANSWER_UNREADABLE: `The answer of ${title} could not be read.`,
});

const messages = ({ name, title, refetchIsFree }: ProviderInfo): Partial<Record<ProblemCode, string>> => ({
  INVALID_IDENTIFIER: `${title} rejected this identifier as invalid: compare it with the source.`,
  FIELDS_MISSING: `${title} has no record with the required fields.`,
  KEY_REFUSED: `${title} refused the key: it may be mistyped, revoked or deleted. Copy the current key from ${title}. For a connection that exists, send it with rotateConnectionKey.`,
  PLAN_WITHOUT_API:
    name === 'FIRMABLE'
      ? `${title} accepts the key, but its plan has no API access: it needs Teams Pro or above. Write to support@firmable.com to upgrade.`
      : `${title} accepts the key, but its plan or scopes do not allow this: change them at ${title}.`,
  KEY_SCOPE_MISSING: `${title} accepts the key, but its scope does not include this endpoint: add the endpoint to the key at ${title}, or create a master key.`,
  IP_NOT_ALLOWED: `${title} accepts no calls with this key from the IP address of this gateway: add the address to the IP allowlist at ${title}.`,
  OUT_OF_CREDITS: `The ${title} account has no credits left: buy more or wait for its renewal.${refetchIsFree ? ' Records it has unlocked stay free.' : ''}`,
  RATE_LIMITED: `${title} is rate limiting this key; nothing was charged. Try again after the delay.`,
  PROVIDER_UNAVAILABLE: `${title} could not be reached or returned an error; nothing was charged. Try again later.`,
  PROVIDER_ADDRESS_WRONG: `The answer does not come from ${title}: the address is wrong (${name.replaceAll('_', '')}_BASE_URL), or a proxy answers. Nothing was charged. The operator of this gateway must correct it.`,
  PROVIDER_TIMEOUT: `${title} did not answer in time. Try again later.`,
  PROVIDER_ANSWER_UNREADABLE: `The answer of ${title} could not be read. Try again later.`,
  LEDGER_UNAVAILABLE: `The provider answered, but the ledger cannot be written now; it is retried until it can. Try again in a moment${refetchIsFree ? ', at no further cost' : ''}.`,
});

const managedMessages = ({ title }: ProviderInfo): Partial<Record<ProblemCode, string>> => {
  const then = 'contact the operator of this gateway, or create a connection of your own.';
  return {
    KEY_REFUSED: `${title} refused the operator's key: ${then}`,
    KEY_SCOPE_MISSING: `The scope of the operator's ${title} key does not include this: ${then}`,
    IP_NOT_ALLOWED: `${title} does not allow the operator's key from this gateway's IP address: ${then}`,
    PLAN_WITHOUT_API: `The plan of the operator's ${title} account does not allow this: ${then}`,
    OUT_OF_CREDITS: `The operator's ${title} account has no credits left: ${then}`,
  };
};

/** A provider's result without a record, as an outcome and a problem. */
export const explainNoRecord = (
  result: NoRecord,
  provider: ProviderInfo,
  { payer = null, ...cost }: { payer?: PayerKind } & CallCost = {},
): { outcome: Exclude<Outcome, 'FOUND'>; problem: Problem | null } => {
  switch (result.kind) {
    case 'NOT_FOUND':
      return { outcome: 'NOT_FOUND', problem: null };
    case 'THROTTLED':
      return { outcome: 'FAILED', problem: explain('RATE_LIMITED', provider, result.retryAfterSeconds) };
    case 'REFUSED':
      return { outcome: 'REFUSED', problem: explain(result.code, provider, null, payer) };
    case 'BROKEN':
      return { outcome: 'FAILED', problem: explain(result.code, provider) };
    case 'UNKNOWN':
      return {
        outcome: 'UNKNOWN',
        problem: explainUnknown(result.code, provider, {
          ...cost,
          charged: result.reported?.credits ?? null,
        }),
      };
  }
};

/** A refusal by a budget: its name, its limit, what is used, and when it renews; by that of a job, its maxCredits. */
export const explainBudget = (budget: FullBudget): Problem => {
  // A lookup that costs more than one credit is refused before the limit is spent.
  if (budget.ofJob === true) {
    const rest = budget.spent < budget.limit ? '. The next lookup may cost more than the rest' : '';
    return problem(
      'MAX_CREDITS_EXCEEDED',
      `The maxCredits of this job are ${budget.limit}, and ${budget.spent} are spent${rest}: resume it with a higher maxCredits.`,
    );
  }
  const hasRest = budget.spent + budget.reserved < budget.limit;
  const rest = hasRest ? ' This lookup may cost more than the rest.' : '';
  const renews =
    budget.renewsAt === null ? 'It does not renew' : `It renews at ${budget.renewsAt.toISOString()}`;
  return problem(
    'BUDGET_EXCEEDED',
    `${budgetState(budget)}${rest} ${renews}; ${budget.setByOperator ? 'the operator of this gateway' : 'an ADMIN'} can raise it.`,
  );
};

// A reservation ends with its call, or expires about a minute after its instance has stopped.
const reservedRetrySeconds = 5;

/** A refusal by a budget that has credits left, which other lookups in flight hold. */
export const explainReservedBudget = (budget: FullBudget): Problem =>
  problem(
    'BUDGET_EXCEEDED',
    `${budgetState(budget)} The rest is reserved for lookups in flight, which return what they do not spend. Try again after the delay.`,
    reservedRetrySeconds,
  );

const budgetState = ({ name, limit, spent, reserved }: FullBudget): string =>
  `The budget "${name}" allows ${limit} credits: ${spent} are spent and ${reserved} reserved.`;

export const maxCreditsExceeded = (): Problem =>
  problem(
    'MAX_CREDITS_EXCEEDED',
    'This could cost more than the request may spend: raise maxCredits or the X-Max-Credits header.',
  );

export const spendingRequiresPost = (): Problem =>
  problem(
    'SPENDING_REQUIRES_POST',
    'This record is not bought yet, and a request over GET spends nothing: send the same query by POST. Clients have a setting for it, such as preferGetMethod: false in urql.',
  );

export const spendingNotAllowed = (): Problem =>
  problem(
    'SPENDING_NOT_ALLOWED',
    'This record is not bought yet, and the scope of this token does not allow it to spend: use a token that may, or have an ADMIN change the scope.',
  );

/** A call that the circuit breaker did not let out, of the account or of this one record. */
export const explainSkip = ({ title }: ProviderInfo, health: AccountHealth, isRecord = false): Problem => {
  const subject = isRecord ? 'for this record ' : '';
  const then = isRecord ? 'the record is not fetched' : 'it is not called';
  const waitMs = (health.probeAt?.getTime() ?? 0) - Date.now();
  return problem(
    'PROVIDER_UNAVAILABLE',
    `Skipped: the last ${health.failures} calls to ${title} with this key ${subject}failed (${health.reason}), so ${then} for now; nothing was charged. Try again after the delay.`,
    Math.max(1, Math.ceil(waitMs / 1_000)),
  );
};

export const noTimeLeft = ({ title }: ProviderInfo): Problem =>
  problem(
    'PROVIDER_TIMEOUT',
    `The lookup had no time left to call ${title}; nothing was charged. Try again, or put it earlier in the waterfall.`,
  );

export const explainMissingFields = ({ title }: ProviderInfo, fields: readonly RecordField[]): Problem =>
  problem('FIELDS_MISSING', `The record of ${title} has no ${fields.join(', ')}.`);

/** A provider that does not look up by such an identifier. */
export const cannotLookUp = (
  { title }: Pick<ProviderInfo, 'title'>,
  record: 'company' | 'person',
  kind: keyof typeof identifierTerms,
): Problem => {
  const term = record === 'person' && kind === 'linkedin' ? 'LinkedIn profile' : identifierTerms[kind];
  return problem(
    'INVALID_IDENTIFIER',
    `${title} cannot look up a ${record} by ${term}: use another identifier or another provider.`,
  );
};

const identifierTerms = {
  id: 'this id',
  domain: 'domain',
  linkedin: 'LinkedIn page',
  abn: 'ABN',
  workEmail: 'work e-mail',
  personalEmail: 'personal e-mail',
};

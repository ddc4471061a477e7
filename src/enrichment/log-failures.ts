import { toPublicId } from '../access/public-ids.js';
import type { ProblemCode } from '../errors.js';
import { limitLines } from '../platform/limit-lines.js';
import type { Log } from '../platform/log.js';
import type { Enrichment } from './lookup.js';
import type { LookupRequest } from './lookup-request.js';
import type { Attempt, LookupResult } from './lookup-result.js';

/** Mistakes of a caller, which the caller sees; and the database, whose loss has a line of its own. */
const quiet: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'INVALID_IDENTIFIER',
  'INVALID_INPUT',
  'INVALID_KEY_FORMAT',
  'MAX_CREDITS_EXCEEDED',
  'NOT_FOUND',
  'LEDGER_UNAVAILABLE',
]);

/** Refusals that an operator or an owner of a provider's account has to end. */
const serious: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'KEY_REFUSED',
  'PLAN_WITHOUT_API',
  'KEY_SCOPE_MISSING',
  'IP_NOT_ALLOWED',
  'PROVIDER_ADDRESS_WRONG',
  'OUT_OF_CREDITS',
]);

type Failed = Pick<LookupResult<unknown>, 'outcome' | 'problem' | 'receipt' | 'calls'>;

/**
 * Writes one log line for each lookup that failed or was refused, and one for each failed step of a lookup that another step
 * answered: with the provider, its host, the cause, the request and the token. At most twenty lines of a kind in ten
 * seconds. No line has an identifier or a key.
 */
export const logFailures = (enrichment: Enrichment, log: Log): Enrichment => {
  const logLimited = limitLines(log, { everyMs: 10_000, linesMax: 20 });

  const logAttempt = (
    operation: string,
    request: LookupRequest,
    { receipt, calls }: Failed,
    index: number,
    message: string,
  ): void => {
    const attempt = receipt.attempts[index];
    if (attempt === undefined) return;
    const { provider, outcome, code, step, latencyMs } = attempt;
    const { workspaceId, tokenId } = request.caller;
    const facts = {
      requestId: request.requestId,
      tokenId: toPublicId('token', tokenId),
      workspaceId,
      lookup: toPublicId('entry', receipt.id),
      operation,
      step,
      provider,
      host: calls[index]?.host,
      outcome,
      code,
      cause: calls[index]?.cause,
      latencyMs,
    };
    logLimited(levelOf(attempt), `${message} ${provider} ${code}`, facts, message);
  };

  const look = <Result extends Failed>(operation: string, request: LookupRequest, result: Result): Result => {
    const { outcome, problem, receipt } = result;
    const isAnswered = outcome === 'FOUND' || outcome === 'NOT_FOUND';
    const decisive = receipt.attempts.find((one) => one.outcome === outcome && one.code === problem?.code);
    for (const [index, attempt] of receipt.attempts.entries()) {
      if (!isFailure(attempt)) continue;
      const isDecisive = !isAnswered && attempt === (decisive ?? receipt.attempts.at(-1));
      const message = isDecisive ? 'lookup failed' : 'step of a lookup failed';
      logAttempt(operation, request, result, index, message);
    }
    return result;
  };
  // Lookups of one record in a list have one result.
  const lookAll = <Result extends Failed>(
    operation: string,
    request: LookupRequest,
    results: Result[],
  ): Result[] => {
    for (const result of new Set(results)) look(operation, request, result);
    return results;
  };

  return {
    ...enrichment,
    lookUpCompany: async (request, ...given) =>
      look('COMPANY', request, await enrichment.lookUpCompany(request, ...given)),
    lookUpPerson: async (request, ...given) =>
      look('PERSON', request, await enrichment.lookUpPerson(request, ...given)),
    lookUpCompanies: async (request, ...given) =>
      lookAll('COMPANY', request, await enrichment.lookUpCompanies(request, ...given)),
    lookUpPeople: async (request, ...given) =>
      lookAll('PERSON', request, await enrichment.lookUpPeople(request, ...given)),
    searchPeople: async (request, ...given) =>
      look('PEOPLE_SEARCH', request, await enrichment.searchPeople(request, ...given)),
  };
};

const isFailure = ({ outcome }: Attempt): boolean => outcome !== 'FOUND' && outcome !== 'NOT_FOUND';

const levelOf = ({ outcome, code }: Attempt): 'debug' | 'info' | 'warn' => {
  if (code !== null && quiet.has(code)) return 'debug';
  return outcome !== 'REFUSED' || (code !== null && serious.has(code)) ? 'warn' : 'info';
};

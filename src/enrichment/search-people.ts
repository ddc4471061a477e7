import { requireLookupInScope } from '../access/scopes.js';
import type { ResolvedCredential } from '../connections/resolve-credential.js';
import { GatewayError, type Problem } from '../errors.js';
import type { Outcome, ReservationRequest } from '../ledger/types.js';
import { newId } from '../platform/ids.js';
import { withTimeout } from '../platform/with-timeout.js';
import type { Call, Country, FoundPage, NoRecord } from '../providers/provider.js';
import type { FoundPerson } from '../providers/records.js';
import { causeOf } from './call-with-breaker.js';
import type { EnrichmentDeps } from './deps.js';
import { explain, explainNoRecord, type ProviderInfo } from './explain.js';
import { type LookupRequest, workflowOf } from './lookup-request.js';
import type { CallFacts, Receipt } from './lookup-result.js';
import { grantLookups } from './grant-lookups.js';
import { refuse } from './refuse.js';
import { firstPosition, labelsOf, type StepKind, waitCounted } from './step-context.js';
import { moneyOf, receiptOf, stepResult } from './step-result.js';

export type PeopleQuery = {
  companyId: string;
  filter: {
    country: Country | null;
    position: string | null;
    /** Firmable's ids, 1 to 7. */
    seniority: number | null;
    /** Firmable's ids, 1 to 17. */
    department: number | null;
  };
  connectionId: string | null;
  first: number;
  offset: number;
};

export type FoundPeople = {
  outcome: Outcome;
  people: readonly FoundPerson[];
  /** The rows of the page, including those that could not be read. */
  seen: number;
  /** The rows of all pages. */
  total: number;
  receipt: Receipt;
  calls: readonly CallFacts[];
  problem: Problem | null;
};

const settleTimeoutMs = 10_000;

/** Searches a company's people. A search is free at Firmable, paging included; every call has an entry in the ledger. */
export const searchPeople = async (
  deps: EnrichmentDeps,
  request: LookupRequest,
  query: PeopleQuery,
): Promise<FoundPeople> => {
  const startedMs = performance.now();
  request.lookups.count += 1;
  const provider = deps.providers.FIRMABLE;
  const kind: StepKind = {
    operation: 'PEOPLE_SEARCH',
    provider: provider.name,
    workflow: workflowOf(request),
  };
  const id = newId();
  let credential: ResolvedCredential | null = null;
  try {
    requireLookupInScope(request.caller.scopes, kind);
    const companyId = query.companyId.slice(0, 200).trim().toLowerCase();
    if (!provider.isCompanyId(companyId)) throw invalidCompanyId();
    credential = await deps.resolveCredential(request.caller, {
      provider: provider.name,
      callerKey: request.callerKeys.FIRMABLE ?? null,
      connectionId: query.connectionId,
    });
    const { refusal } = await grantLookups(deps, request.caller, 1);
    if (refusal !== null) throw refusal;
    const reservation: ReservationRequest = {
      workspaceId: request.caller.workspaceId,
      id,
      accountId: credential.accountId,
      // Every search is a call of its own: its key is unique, so that none waits for another.
      lookupKey: `search:${id}`,
      variant: '',
      credits: 0n,
      refetchCredits: 0n,
      looksUpAgain: false,
      mayCharge: true,
      maxAgeSeconds: 0,
      labels: labelsOf(request, kind, credential, firstPosition, id),
    };
    await deps.ledger.reserve(reservation);
    const page = await fetchPage(deps, request, credential, { ...query, companyId });
    const { outcome, problem } = outcomeOf(page, provider, credential);
    const latencyMs = performance.now() - startedMs;
    const facts = { reservation, charged: null, problem: problem?.code ?? null, latencyMs };
    const settling = deps.ledger.settle(
      outcome === 'FOUND' ? { ...facts, outcome, found: null } : { ...facts, outcome },
    );
    const settled = await withTimeout(settleTimeoutMs, settling, notWrittenYet);
    const result = stepResult({ step: 1, provider: provider.name }, credential, {
      outcome,
      problem,
      id,
      money: moneyOf(settled),
      latencyMs,
      called: true,
      host: provider.hostOf(credential.key),
      cause: causeOf(page),
      fetchedAt: page.kind === 'FOUND' ? settled.fetchedAt : null,
    });
    return {
      outcome,
      problem,
      people: page.kind === 'FOUND' ? page.people : [],
      seen: page.kind === 'FOUND' ? page.seen : 0,
      total: page.kind === 'FOUND' ? page.total : 0,
      calls: [result.call],
      receipt: receiptOf([result], result),
    };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const step = { id, kind, position: firstPosition, credential, startedMs };
    const result = await refuse(deps, request, step, error);
    const { outcome, problem } = result;
    return {
      outcome,
      problem,
      people: [],
      seen: 0,
      total: 0,
      calls: [result.call],
      receipt: receiptOf([result], result),
    };
  }
};

const outcomeOf = (
  page: FoundPage | NoRecord,
  provider: ProviderInfo,
  { payer }: ResolvedCredential,
): { outcome: Outcome; problem: Problem | null } => {
  if (page.kind === 'FOUND') return { outcome: 'FOUND', problem: null };
  // A search is free, so there is no presumed charge to explain.
  if (page.kind === 'UNKNOWN') return { outcome: 'UNKNOWN', problem: explain(page.code, provider) };
  return explainNoRecord(page, provider, { payer, isFree: true });
};

const fetchPage = async (
  deps: EnrichmentDeps,
  request: LookupRequest,
  credential: ResolvedCredential,
  { companyId, filter, offset, first }: PeopleQuery,
): Promise<FoundPage | NoRecord> => {
  const provider = deps.providers.FIRMABLE;
  if (provider.searchPeople === null) return { kind: 'NOT_FOUND' };
  const call = deps.callWith(provider, credential.key, request.job !== undefined);
  // A search that waits for its permit counts as its job's lookups do, and is not sent once the job is stopped.
  const counted: Call = {
    ...call,
    acquirePermit: (maxWaitMs) => waitCounted({ request }, call.acquirePermit(maxWaitMs)),
    maySend: () => request.job?.waits?.isStopped() !== true,
  };
  try {
    return await provider.searchPeople(counted, {
      companyId,
      country: filter.country ?? 'AU',
      position: filter.position,
      seniority: filter.seniority,
      department: filter.department,
      from: offset,
      size: first,
    });
  } catch (error) {
    const detail = error instanceof GatewayError ? error.code : 'the client threw';
    return { kind: 'BROKEN', code: 'PROVIDER_UNAVAILABLE', sent: false, detail };
  }
};

const notWrittenYet = (): GatewayError =>
  new GatewayError(
    'LEDGER_UNAVAILABLE',
    'The search succeeded, but its entry cannot be written now: search again in a moment.',
  );

const invalidCompanyId = (): GatewayError =>
  new GatewayError(
    'INVALID_IDENTIFIER',
    'People are searched by the Firmable id of their company, such as f000000117274: look up the company first and use its id.',
    { field: ['companyId'] },
  );

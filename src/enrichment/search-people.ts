import type { Credential } from '../connections/choose-credential.js';
import { GatewayError, type Problem } from '../errors.js';
import type { Outcome, ReservationRequest } from '../ledger/types.js';
import { withTimeout } from '../platform/with-timeout.js';
import { newId } from '../platform/ids.js';
import type { Country, FoundPage, NoRecord } from '../providers/provider.js';
import type { FoundPerson } from '../providers/records.js';
import type { Receipt } from './lookup-result.js';
import type { EnrichmentDeps } from './deps.js';
import { explain, readNoRecord, type ProviderInfo } from './explain.js';
import { firstPlace, labelsOf } from './labels.js';
import { receiptOf } from './receipt.js';
import { refuse } from './refuse.js';
import type { LookupRequest } from './lookup-request.js';
import { moneyOf, stepResult } from './step-result.js';

export type PeopleQuery = {
  companyId: string;
  filter: {
    country: Country | null;
    position: string | null;
    /** Firmable's ids, 1 to 7 and 1 to 17. */
    seniority: number | null;
    department: number | null;
  };
  connectionId: string | null;
  first: number;
  offset: number;
};

export type FoundPeople = {
  outcome: Outcome;
  people: readonly FoundPerson[];
  /** How many rows the page had, with those that could not be read. */
  seen: number;
  /** How many there are on all pages. */
  total: number;
  receipt: Receipt;
  problem: Problem | null;
};

const settleTimeoutMs = 10_000;

/** Searches a company's people. Free at Firmable, paging included; every call is entered in the ledger all the same. */
export const searchPeople = async (
  deps: EnrichmentDeps,
  request: LookupRequest,
  lookup: PeopleQuery,
): Promise<FoundPeople> => {
  const startedMs = performance.now();
  const provider = deps.providers.FIRMABLE;
  const about = {
    operation: 'PEOPLE_SEARCH' as const,
    provider: provider.name,
    workflow: request.workflow ?? request.caller.workflow,
  };
  const id = newId();
  let credential: Credential | null = null;
  try {
    const companyId = lookup.companyId.trim().toLowerCase();
    if (!provider.isCompanyId(companyId)) throw noCompany();
    credential = await deps.resolveCredential(request.caller, {
      provider: provider.name,
      callerKey: request.callerKeys.FIRMABLE ?? null,
      connectionId: lookup.connectionId,
    });
    const ask: ReservationRequest = {
      workspaceId: request.caller.workspaceId,
      id,
      accountId: credential.accountId,
      // Every search is a call of its own: nobody waits for another's page.
      lookupKey: `search:${id}`,
      variant: '',
      credits: 0n,
      refetchCredits: 0n,
      mayCharge: true,
      maxAgeSeconds: 0,
      labels: labelsOf(request, about, credential, firstPlace, id),
    };
    await deps.ledger.reserve(ask);
    const page = await askForPage(deps, credential, { ...lookup, companyId });
    const ended = endedBy(page, provider, credential);
    const latencyMs = performance.now() - startedMs;
    const facts = { reservation: ask, charged: null, problem: ended.problem?.code ?? null, latencyMs };
    const settling = deps.ledger.settle(
      ended.outcome === 'FOUND'
        ? { ...facts, outcome: 'FOUND', found: null }
        : { ...facts, outcome: ended.outcome },
    );
    const settled = await withTimeout(settleTimeoutMs, settling, late);
    const end = stepResult({ step: 1, provider: provider.name }, credential, {
      ...ended,
      id,
      money: moneyOf(settled),
      latencyMs,
      fetchedAt: page.kind === 'FOUND' ? settled.fetchedAt : null,
    });
    return {
      ...ended,
      people: page.kind === 'FOUND' ? page.people : [],
      seen: page.kind === 'FOUND' ? page.seen : 0,
      total: page.kind === 'FOUND' ? page.total : 0,
      receipt: receiptOf([end], end),
    };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const end = await refuse(deps, request, { id, about, place: firstPlace, credential, startedMs }, error);
    const { outcome, problem } = end;
    return { outcome, problem, people: [], seen: 0, total: 0, receipt: receiptOf([end], end) };
  }
};

const endedBy = (
  page: FoundPage | NoRecord,
  provider: ProviderInfo,
  { payer }: Credential,
): { outcome: Outcome; problem: Problem | null } => {
  if (page.kind === 'FOUND') return { outcome: 'FOUND', problem: null };
  // Nothing can be in doubt where nothing is charged.
  if (page.kind === 'UNKNOWN') return { outcome: 'UNKNOWN', problem: explain(page.code, provider) };
  return readNoRecord(page, provider, payer);
};

const askForPage = async (
  deps: EnrichmentDeps,
  credential: Credential,
  lookup: PeopleQuery,
): Promise<FoundPage | NoRecord> => {
  const provider = deps.providers.FIRMABLE;
  if (provider.searchPeople === null) return { kind: 'NOT_FOUND' };
  try {
    return await provider.searchPeople(deps.callWith(provider, credential.key), {
      companyId: lookup.companyId,
      country: lookup.filter.country ?? 'AU',
      position: lookup.filter.position,
      seniority: lookup.filter.seniority,
      department: lookup.filter.department,
      from: lookup.offset,
      size: lookup.first,
    });
  } catch (error) {
    const detail = error instanceof GatewayError ? error.code : 'the client threw';
    return { kind: 'BROKEN', code: 'PROVIDER_UNAVAILABLE', sent: false, detail };
  }
};

const late = (): GatewayError =>
  new GatewayError(
    'LEDGER_UNAVAILABLE',
    'The search was made, but cannot be entered in the ledger just now: search again in a moment.',
  );

const noCompany = (): GatewayError =>
  new GatewayError(
    'INVALID_IDENTIFIER',
    'People are searched by the Firmable id of their company, such as f000000117274: ask for the company first and take its id.',
    { field: ['companyId'] },
  );

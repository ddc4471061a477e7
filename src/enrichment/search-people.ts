import type { Credential } from '../connections/choose-credential.js';
import { GatewayError, type Problem } from '../errors.js';
import type { Ask } from '../ledger/ask.js';
import { within } from '../platform/deadline.js';
import { newId } from '../platform/ids.js';
import type { Country, FoundPage, NoRecord } from '../providers/provider.js';
import type { FoundPerson } from '../providers/records.js';
import type { Outcome, Receipt } from './answer.js';
import type { EnrichmentDeps } from './deps.js';
import { explain, readNoRecord } from './explain.js';
import { companyIdShape } from './identify-company.js';
import { labelsOf } from './labels.js';
import { attemptOf, emptyReceipt, settledFields } from './receipt.js';
import { refuse } from './refuse.js';
import type { AskRequest } from './request.js';

export type PeopleWish = {
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
  /** How many there are on all pages. */
  total: number;
  receipt: Receipt;
  problem: Problem | null;
};

const settleTimeoutMs = 10_000;

/** Searches a company's people. Free at Firmable, paging included; every call is entered in the ledger all the same. */
export const searchPeople = async (
  deps: EnrichmentDeps,
  request: AskRequest,
  wish: PeopleWish,
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
    const companyId = wish.companyId.trim().toLowerCase();
    if (!companyIdShape.test(companyId)) throw noCompany();
    credential = await deps.chooseCredential(request.caller, {
      provider: provider.name,
      callerKey: request.callerKeys.FIRMABLE ?? null,
      connectionId: wish.connectionId,
    });
    const ask: Ask = {
      workspaceId: request.caller.workspaceId,
      id,
      accountId: credential.accountId,
      // Every search is a call of its own: nobody waits for another's page.
      subject: `search:${id}`,
      variant: '',
      credits: 0n,
      mayCharge: true,
      maxAgeSeconds: 0,
      labels: labelsOf(request, about, credential),
    };
    await deps.ledger.reserve(ask);
    const page = await askForPage(deps, credential, { ...wish, companyId });
    const ended =
      page.kind === 'FOUND'
        ? { outcome: 'FOUND' as const, problem: null }
        : page.kind === 'UNKNOWN'
          ? // Nothing can be in doubt where nothing is charged.
            { outcome: 'UNKNOWN' as const, problem: explain(page.code, provider.title) }
          : readNoRecord(page, provider.title);
    const latencyMs = performance.now() - startedMs;
    const facts = { reservation: ask, problem: ended.problem?.code ?? null, latencyMs };
    const settling = deps.ledger.settle(
      ended.outcome === 'FOUND'
        ? { ...facts, outcome: 'FOUND', found: null }
        : { ...facts, outcome: ended.outcome },
    );
    const settled = await within(settleTimeoutMs, settling, late);
    const attempt = attemptOf(ended, {
      provider: provider.name,
      connectionId: credential.connectionId,
      creditsCharged: 0n,
      latencyMs,
    });
    return {
      ...ended,
      people: page.kind === 'FOUND' ? page.people : [],
      total: page.kind === 'FOUND' ? page.total : 0,
      receipt: {
        ...emptyReceipt(id, provider.name, credential),
        ...settledFields(settled),
        fetchedAt: page.kind === 'FOUND' ? settled.fetchedAt : null,
        attempts: [attempt],
      },
    };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const refused = await refuse(deps, request, { id, wish: about, credential, startedMs }, error);
    return { ...refused, people: [], total: 0 };
  }
};

const askForPage = async (
  deps: EnrichmentDeps,
  credential: Credential,
  wish: PeopleWish,
): Promise<FoundPage | NoRecord> => {
  const provider = deps.providers.FIRMABLE;
  try {
    return await provider.searchPeople(deps.callWith(provider, credential.key), {
      companyId: wish.companyId,
      country: wish.filter.country ?? 'AU',
      position: wish.filter.position,
      seniority: wish.filter.seniority,
      department: wish.filter.department,
      from: wish.offset,
      size: wish.first,
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

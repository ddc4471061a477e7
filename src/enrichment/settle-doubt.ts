import type { Caller } from '../access/caller.js';
import type { Problem } from '../errors.js';
import { createAllowance } from './allowance.js';
import type { Answer } from './answer.js';
import { askRecord } from './ask-record.js';
import { companyWish } from './company-wish.js';
import { countries } from '../providers/provider.js';
import type { EnrichmentDeps } from './deps.js';
import { personWish } from './person-wish.js';
import type { AskRequest } from './request.js';

/** An open doubt, as far as it takes to fetch its record again. */
export type OpenDoubt = {
  workspaceId: string;
  workspaceName: string;
  /** Such as `company:domain:smec.com`. */
  subject: string;
  variant: string;
  tokenId: string;
  workflow: string | null;
  /** A stored key of the account in question; null: there is none. */
  connectionId: string | null;
};

export type SettledDoubt =
  /** The provider has said what it knows of the record: the doubt is over. */
  | { kind: 'SETTLED'; outcome: 'FOUND' | 'NOT_FOUND' }
  | { kind: 'LEFT'; why: 'NO_STORED_KEY' | 'NOT_REBUILT' }
  | { kind: 'LEFT'; why: 'PROVIDER'; problem: Problem };

/**
 * Fetches the record of a doubt again, which costs nothing if it was bought, and in no case more than is presumed
 * already: the ask may spend nothing of its own. It is entered under the token and workflow that the doubt came from.
 */
export const settleDoubt = async (deps: EnrichmentDeps, doubt: OpenDoubt): Promise<SettledDoubt> => {
  if (doubt.connectionId === null) return { kind: 'LEFT', why: 'NO_STORED_KEY' };
  const answer = await askAgain(deps, doubt);
  if (answer === null) return { kind: 'LEFT', why: 'NOT_REBUILT' };
  if (answer.outcome === 'FOUND' || answer.outcome === 'NOT_FOUND') {
    return { kind: 'SETTLED', outcome: answer.outcome };
  }
  if (answer.problem === null) throw new Error(`an ask ended as ${answer.outcome} without a problem`);
  return { kind: 'LEFT', why: 'PROVIDER', problem: answer.problem };
};

const askAgain = async (deps: EnrichmentDeps, doubt: OpenDoubt): Promise<Answer<unknown> | null> => {
  const request = requestOf(doubt);
  const options = { connectionId: doubt.connectionId, maxAgeSeconds: 0, workflow: doubt.workflow };
  const [, kind, field, value] = /^(company|person):([A-Za-z]+):(.+)$/s.exec(doubt.subject) ?? [];
  if (field === undefined || value === undefined) return null;
  const by = { [field]: value };
  if (kind === 'company') {
    const country = countries.find((one) => one === doubt.variant) ?? null;
    const wish = companyWish(deps, request, by, { ...options, country });
    return wish.subject === doubt.subject ? askRecord(deps, request, wish, request.allowance) : null;
  }
  const wish = personWish(deps, request, by, options);
  return wish.subject === doubt.subject ? askRecord(deps, request, wish, request.allowance) : null;
};

const requestOf = (doubt: OpenDoubt): AskRequest => ({
  caller: operatorFor(doubt),
  callerKeys: {},
  workflow: doubt.workflow,
  allowance: createAllowance(0n),
  tally: { charged: 0n, saved: 0n, reserved: 0n },
});

const operatorFor = (doubt: OpenDoubt): Caller => ({
  workspaceId: doubt.workspaceId,
  workspaceName: doubt.workspaceName,
  tokenId: doubt.tokenId,
  tokenName: 'settle',
  role: 'ADMIN',
  workflow: doubt.workflow,
});

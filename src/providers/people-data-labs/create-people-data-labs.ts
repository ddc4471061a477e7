import { cleanKey, isMarkedKey } from '../clean-key.js';
import { createClient, type UpstreamOptions } from '../http/create-client.js';
import { notTheProvider, unreadable } from '../http/http-result.js';
import type { Accepted, Call, Lookup, Miss, NoRecord, ProviderClient } from '../provider.js';
import { upstreams } from '../upstreams.js';
import { classifyAnswer } from './classify-answer.js';
import { readCompany } from './read-company.js';
import { readPerson } from './read-person.js';
import { readReport } from './read-report.js';
import { cannotHave, requiredOf } from './required.js';
import { companyRequest, emptyRequest, personRequest } from './to-request.js';

const price = { kind: 'REPORTED', minCredits: 1n, maxCredits: 1n } as const;

/**
 * People Data Labs: every match costs 1 credit, even of a record that was bought before; a miss is free, and `require`
 * makes a match without these fields a miss. The headers of every response report the charge and the balance.
 * Source: its OpenAPI document and its pages on usage limits, errors and likelihood.
 */
export const createPeopleDataLabs = (options: UpstreamOptions): ProviderClient => {
  const client = createClient(
    {
      baseUrl: upstreams.PEOPLE_DATA_LABS.baseUrl,
      isSandboxKey,
      keyHeaders: (key) => ({ 'x-api-key': key }),
      classify: classifyAnswer,
      readReport,
    },
    options,
  );

  const sendEmptyRequest = async (call: Call): Promise<Accepted | NoRecord> => {
    const result = await client.send(call, emptyRequest);
    // An incomplete query, or a miss, is reported only after the key was accepted. A record answers no empty query.
    const isOpen = result.kind === 'REFUSED' && result.code === 'INVALID_IDENTIFIER';
    if (result.kind === 'BODY' && result.reported === undefined) return notTheProvider('HTTP 200');
    if (result.kind !== 'BODY' && result.kind !== 'NOT_FOUND' && !isOpen) return result;
    return { kind: 'ACCEPTED', ...(result.reported === undefined ? {} : { reported: result.reported }) };
  };

  return {
    title: 'People Data Labs',
    company: { identifiers: ['id', 'domain', 'linkedin'], price },
    person: { identifiers: ['id', 'linkedin', 'workEmail', 'personalEmail'], price },
    separatesEmailKinds: false,
    refetchIsFree: false,
    requestsPerSecond: options.requestsPerSecond ?? upstreams.PEOPLE_DATA_LABS.requestsPerSecond,
    keyHelp,
    sandboxKey,
    parseKey,
    isSandboxKey,
    // Such as tnHcNHbCv8MKeLh92946LAkX6PKg and qEnOZ5Oh0poWnQ1luFBfVw_0000; 24 hexadecimal digits are Apollo's.
    isCompanyId: (id) => /^(?![0-9a-f]{24}$|.*_\d{4}$)[A-Za-z0-9_-]{20,64}$/.test(id),
    isPersonId: (id) => /^[A-Za-z0-9_-]{16,64}_\d{4}$/.test(id),
    findCompany: async (call, lookup) => {
      const request = companyRequest(lookup);
      if (request === null) return { kind: 'REFUSED', code: 'INVALID_IDENTIFIER' };
      return (
        knownMiss(lookup) ?? markForFields(lookup, await client.find('COMPANY', call, request, readCompany))
      );
    },
    findPerson: async (call, lookup) =>
      knownMiss(lookup) ??
      markForFields(lookup, await client.find('PERSON', call, personRequest(lookup), readPerson)),
    searchPeople: null,
    readCompany,
    readPerson,
    verify: sendEmptyRequest,
    readBalance: async (call) => {
      const result = await sendEmptyRequest(call);
      if (result.kind !== 'ACCEPTED') return result;
      const balance = result.reported?.balance ?? null;
      return balance === null
        ? unreadable('headers without a balance')
        : { kind: 'BALANCE', credits: balance };
    },
    // As in readReport.
    balanceOperations: ['PERSON'],
    hostOf: client.hostOf,
    close: client.close,
  };
};

/** Marks a miss with required fields: the record may exist without them. */
const markForFields = <Result extends { kind: string }>(
  { operation, require }: Lookup,
  result: Result,
): Result =>
  result.kind === 'NOT_FOUND' && requiredOf(operation, require) !== null
    ? { ...result, forFields: true }
    : result;

/** A miss without a call: it requires fields that no such record has. */
const knownMiss = ({ operation, require }: Lookup): Miss | null =>
  cannotHave(operation, require)
    ? { kind: 'NOT_FOUND', forFields: true, reported: { credits: 0n, balance: null } }
    : null;

// Usually 64 hexadecimal digits; not enforced, because the documentation does not guarantee it.
const keyShape = /^[A-Za-z0-9_-]{32,128}$/;
const sandboxShape = /^pdl_sandbox_[A-Za-z0-9_-]{1,100}$/;

/** How to get a key. Source: People Data Labs' quickstart. */
const keyHelp =
  'At dashboard.peopledatalabs.com: API Keys → copy. It is about 64 hexadecimal digits; a free account has one too.';

/** A public key of the built-in sandbox. */
const sandboxKey = 'pdl_sandbox_demo';

/** The key in a pasted text; null where it cannot be one of People Data Labs. */
const parseKey = (pasted: string): string | null => {
  const key = cleanKey(pasted);
  if (sandboxShape.test(key)) return key;
  return keyShape.test(key) && !isMarkedKey(key) ? key : null;
};

/** Keys with this prefix belong to the built-in sandbox and never leave the machine. */
const isSandboxKey = (key: string): boolean => key.startsWith('pdl_sandbox_');

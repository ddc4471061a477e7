import { createClient, type UpstreamOptions } from '../http/create-client.js';
import { unreadable } from '../http/http-result.js';
import type { Accepted, Call, Lookup, Miss, NoRecord, ProviderClient } from '../provider.js';
import { classifyAnswer } from './classify-answer.js';
import { isSandboxKey, keyHelp, parseKey, sandboxKey } from './parse-key.js';
import { readCompany } from './read-company.js';
import { readPerson } from './read-person.js';
import { readReport } from './read-report.js';
import { cannotHave, requiredOf } from './required.js';
import { companyRequest, emptyRequest, personRequest } from './to-request.js';
import { peopleDataLabsUpstream } from './upstream.js';

const price = { kind: 'REPORTED', minCredits: 1n, maxCredits: 1n } as const;

/**
 * People Data Labs: every match costs 1 credit, also of a record that was bought before; a miss costs nothing, and
 * `require` makes a match without these fields a miss. Charge and balance come in the headers of every answer.
 * Source: its OpenAPI document and its pages on usage limits, errors and likelihood.
 */
export const createPeopleDataLabs = (options: UpstreamOptions): ProviderClient => {
  const client = createClient(
    {
      baseUrl: peopleDataLabsUpstream.baseUrl,
      isSandboxKey,
      keyHeaders: (key) => ({ 'x-api-key': key }),
      classify: classifyAnswer,
      readReport,
    },
    options,
  );

  const askNothing = async (call: Call): Promise<Accepted | NoRecord> => {
    const asked = await client.send(call, emptyRequest);
    // To be told that the question is incomplete, or meets nobody, one must have been let in.
    const isOpen = asked.kind === 'REFUSED' && asked.code === 'INVALID_IDENTIFIER';
    if (asked.kind !== 'BODY' && asked.kind !== 'NOT_FOUND' && !isOpen) return asked;
    return { kind: 'ACCEPTED', ...(asked.reported === undefined ? {} : { reported: asked.reported }) };
  };

  return {
    title: 'People Data Labs',
    company: { identifiers: ['id', 'domain', 'linkedin'], price },
    person: { identifiers: ['id', 'linkedin', 'workEmail', 'personalEmail'], price },
    separatesEmailKinds: false,
    refetchIsFree: false,
    requestsPerSecond: options.requestsPerSecond ?? peopleDataLabsUpstream.requestsPerSecond,
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
        missedBeforehand(lookup) ??
        forFields(lookup, await client.find('COMPANY', call, request, readCompany))
      );
    },
    findPerson: async (call, lookup) =>
      missedBeforehand(lookup) ??
      forFields(lookup, await client.find('PERSON', call, personRequest(lookup), readPerson)),
    searchPeople: null,
    readCompany,
    readPerson,
    verify: askNothing,
    readBalance: async (call) => {
      const asked = await askNothing(call);
      if (asked.kind !== 'ACCEPTED') return asked;
      const balance = asked.reported?.balance ?? null;
      return balance === null
        ? unreadable('headers without a balance')
        : { kind: 'BALANCE', credits: balance };
    },
    close: client.close,
  };
};

/** A miss where fields were required says nothing of the record without them. */
const forFields = <HttpResult extends { kind: string }>(
  { operation, require }: Lookup,
  verdict: HttpResult,
): HttpResult =>
  verdict.kind === 'NOT_FOUND' && requiredOf(operation, require) !== null
    ? { ...verdict, forFields: true }
    : verdict;

/** A miss that needs no question: of fields that no such record has. */
const missedBeforehand = ({ operation, require }: Lookup): Miss | null =>
  cannotHave(operation, require)
    ? { kind: 'NOT_FOUND', forFields: true, reported: { credits: 0n, balance: null } }
    : null;

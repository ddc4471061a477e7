import { cleanKey } from '../clean-key.js';
import { createClient, type UpstreamOptions } from '../http/create-client.js';
import { unreadable } from '../http/http-result.js';
import type { ProviderClient } from '../provider.js';
import { upstreams } from '../upstreams.js';
import { classifyAnswer } from './classify-answer.js';
import { readCompany } from './read-company.js';
import { readPeoplePage } from './read-people-page.js';
import { readPerson } from './read-person.js';
import { companyRequest, personRequest, searchRequest, verifySearch } from './to-request.js';

const price = { kind: 'FIXED', minCredits: 1n, maxCredits: 1n } as const;

/**
 * Firmable: a record costs 1 credit the first time and is free afterwards, so `require` saves nothing and is not sent.
 * Source: Firmable's OpenAPI document and measurements of the live API in August 2026.
 */
export const createFirmable = (options: UpstreamOptions): ProviderClient => {
  const client = createClient(
    {
      baseUrl: upstreams.FIRMABLE.baseUrl,
      isSandboxKey,
      keyHeaders: (key) => ({ authorization: `Bearer ${key}` }),
      classify: classifyAnswer,
      readReport: () => null,
    },
    options,
  );

  return {
    title: 'Firmable',
    company: { identifiers: ['id', 'domain', 'linkedin', 'abn'], price },
    person: { identifiers: ['id', 'linkedin', 'workEmail', 'personalEmail'], price },
    separatesEmailKinds: true,
    refetchIsFree: true,
    requestsPerSecond: options.requestsPerSecond ?? upstreams.FIRMABLE.requestsPerSecond,
    keyHelp,
    sandboxKey,
    parseKey,
    isSandboxKey,
    isCompanyId: (id) => /^f\d{1,20}$/.test(id),
    isPersonId: (id) => /^fp\d{1,20}$/.test(id),
    // Ids are padded to twelve digits (f000000117274), in some documented examples to ten (f0000067890); a longer id has no
    // padding.
    isWholeId: (id) => /^fp?(?:\d{10,12}|[1-9]\d{12,19})$/.test(id),
    findCompany: async (call, lookup) =>
      await client.find('COMPANY', call, companyRequest(lookup), readCompany),
    findPerson: async (call, lookup) => await client.find('PERSON', call, personRequest(lookup), readPerson),
    searchPeople: async (call, search) => {
      const result = await client.send(call, searchRequest(search));
      if (result.kind !== 'BODY') return result;
      const page = readPeoplePage(result.body, search);
      if (page === null) return unreadable('a search without a list');
      client.logUnexpectedFields('SEARCH', page.unexpectedFields);
      return page;
    },
    readCompany,
    readPerson,
    verify: async (call) => {
      const result = await client.send(call, searchRequest(verifySearch));
      // Firmable reports an unknown company only after it has accepted the key.
      if (result.kind === 'NOT_FOUND') return { kind: 'ACCEPTED' };
      if (result.kind !== 'BODY') return result;
      const page = readPeoplePage(result.body, verifySearch);
      return page === null ? unreadable('a search without a list') : { kind: 'ACCEPTED' };
    },
    readBalance: null,
    hostOf: client.hostOf,
    close: client.close,
  };
};

const keyShape = /^fbl_[A-Za-z0-9_-]{8,200}$/;

/** How to get a key. Source: Firmable's help centre on API access. */
const keyHelp =
  'In Firmable: Manage Account → Integrations → Firmable API → Generate API Key. It begins with fbl_, needs the ' +
  'Teams Pro plan or above, and the role Admin, Manager or Integration.';

/** A public key of the built-in sandbox. */
const sandboxKey = 'fbl_sandbox_demo';

/** The key in a pasted text; null where it cannot be a Firmable key. */
const parseKey = (pasted: string): string | null => {
  const key = cleanKey(pasted);
  return keyShape.test(key) ? key : null;
};

/** Keys with this prefix belong to the built-in sandbox and never leave the machine. */
const isSandboxKey = (key: string): boolean => key.startsWith('fbl_sandbox_');

import type { ListedCause } from '../ledger/list-presumed-charges.js';
import type { Plan as PlanName, Role as RoleName } from '../access/caller.js';
import { type Operation as OperationName, operations } from '../access/scopes.js';
import type { PayerChoice as PayerChoiceName } from '../connections/resolve-credential.js';
import type { ProblemCode as Code } from '../errors.js';
import type { IdentifierSource as IdentifierSourceName } from '../ledger/types.js';
import { countries, type RecordField as FieldName } from '../providers/provider.js';
import { providerNames } from '../providers/catalogue.js';
import { builder } from './builder.js';

/**
 * Creates the reader of a value that is stored as text or a number and is an enum in the API. It throws for a value that
 * this release does not know, which is an internal error.
 */
export const known =
  <Word extends string | number>(what: string, words: readonly Word[]) =>
  (stored: string | number): Word => {
    const word = words.find((one) => one === stored);
    if (word === undefined) throw new Error(`a row names the unknown ${what} ${stored}`);
    return word;
  };

export const ProviderName = builder.enumType('ProviderName', {
  description: 'A provider of company and people data.',
  values: providerNames,
});

export const toProviderName = known('provider', providerNames);

export const Country = builder.enumType('Country', {
  description:
    'The country of regional figures, such as the number of employees and identifiers. It does not select another record.',
  values: countries,
});

const roleMeanings: Record<RoleName, { description: string }> = {
  ADMIN: { description: 'May do everything, including tokens and budgets.' },
  MANAGER: { description: 'Manages connections, waterfalls and imports, looks up records, reads.' },
  INTEGRATION: { description: 'For programs: manages connections, looks up records, reads.' },
  MEMBER: { description: 'Looks up records and reads.' },
  VIEWER: { description: 'Reads only.' },
};

const operationMeanings: Record<OperationName, { description: string }> = {
  COMPANY: { description: 'A lookup of a company.' },
  PERSON: { description: 'A lookup of a person.' },
  PEOPLE_SEARCH: { description: 'A search of the people of a company.' },
};

export const Operation = builder.enumType('Operation', {
  description: 'The operation.',
  values: operationMeanings,
});

export const toOperation = known('operation', operations);

const identifierSources: Record<IdentifierSourceName, { description: string }> = {
  RESOLVED: { description: 'The provider answered a lookup by this identifier with the record.' },
  DECLARED: { description: 'An import declared it.' },
  REPORTED: {
    description:
      'The record contains it. The provider may answer a lookup by it with another record, such as a subsidiary that has the same domain.',
  },
};

export const IdentifierSource = builder.enumType('IdentifierSource', {
  description: 'How the gateway knows that an identifier leads to a record.',
  values: identifierSources,
});

export const Role = builder.enumType('Role', {
  description: 'The role of a token. It decides what the token may do.',
  values: roleMeanings,
});

const planMeanings: Record<PlanName, { description: string }> = {
  FREE: { description: 'Uses the managed account only; no keys of its own.' },
  STARTER: { description: 'May use keys of its own.' },
  EXPLORER: { description: 'May use keys of its own.' },
  PRO: { description: 'May use keys of its own. The plan of the first workspace.' },
};

export const Plan = builder.enumType('Plan', {
  description:
    'The plan of a workspace, set by the operator. Each plan has its own limit of managed credits.',
  values: planMeanings,
});

const payerChoiceMeanings: Record<PayerChoiceName, { description: string }> = {
  OWN: { description: "Only connections and the caller's own key; never the managed account." },
  MANAGED: { description: 'Only the managed account.' },
  ANY: { description: "The caller's key or a connection if there is one, else the managed account." },
};

export const PayerChoice = builder.enumType('PayerChoice', {
  description: 'Who may pay for a lookup.',
  values: payerChoiceMeanings,
});

const fieldMeanings: Record<FieldName, { description: string }> = {
  NAME: { description: 'A name.' },
  WEBSITE: { description: "The company's website or domain." },
  LINKEDIN: { description: 'The LinkedIn page.' },
  EMPLOYEE_COUNT: { description: 'The number of employees.' },
  INDUSTRY: { description: 'At least one industry.' },
  LOCATION: { description: 'The location of the company or person.' },
  POSITION: { description: "The person's position." },
  EMAIL: { description: 'Any e-mail address.' },
  WORK_EMAIL: { description: "The person's work e-mail address." },
  PERSONAL_EMAIL: { description: 'A personal e-mail address.' },
  PHONE: { description: 'At least one phone number.' },
};

export const RecordField = builder.enumType('RecordField', {
  description: 'A field that a step of a waterfall can require.',
  values: fieldMeanings,
});

const codeMeanings: Record<Code, { description: string }> = {
  INVALID_KEY_FORMAT: { description: 'The text cannot be a key of the provider.' },
  INVALID_IDENTIFIER: { description: 'The identifier is malformed. Nothing was sent or spent.' },
  INVALID_INPUT: { description: 'A value is not allowed.' },
  KEY_REFUSED: { description: 'The provider refused the key. It was revoked or mistyped.' },
  KEY_SCOPE_MISSING: { description: "The key's scope does not include the endpoint." },
  IP_NOT_ALLOWED: { description: 'The provider does not allow calls from the IP address of this gateway.' },
  PLAN_WITHOUT_API: { description: "The account's plan has no API access." },
  OUT_OF_CREDITS: { description: 'The provider account has no credits left.' },
  BUDGET_EXCEEDED: { description: 'A budget of the workspace has too few credits left.' },
  MAX_CREDITS_EXCEEDED: { description: 'The lookup could cost more than the request may spend.' },
  SPENDING_REQUIRES_POST: {
    description: 'The lookup would spend credits, and was sent over GET. Send it by POST.',
  },
  SPENDING_NOT_ALLOWED: {
    description: 'The lookup would spend credits, and the scope of the token does not allow that.',
  },
  LOOKUP_LIMIT_REACHED: { description: "The token's lookups of this day (UTC) are used." },
  RATE_LIMITED: { description: "The key's rate limit is reached." },
  PROVIDER_UNAVAILABLE: { description: 'The provider failed or could not be reached. Nothing was charged.' },
  PROVIDER_ADDRESS_WRONG: {
    description:
      'The response does not come from the provider: its address is wrong, or a proxy answers. Nothing was charged.',
  },
  PROVIDER_TIMEOUT: {
    description:
      'The provider took too long and may have charged. Look the record up again to settle the charge.',
  },
  PROVIDER_ANSWER_UNREADABLE: {
    description:
      "The provider's response could not be read; it may have charged. Look the record up again to settle the charge.",
  },
  LEDGER_UNAVAILABLE: { description: 'The ledger cannot be written, so nothing was spent.' },
  NO_CONNECTION: { description: 'There is no key for the provider.' },
  CONNECTION_DISABLED: { description: 'The connection is disabled.' },
  ENCRYPTION_KEY_MISSING: {
    description: 'The instance that answered cannot decrypt the stored key, so nothing was spent.',
  },
  ACCOUNT_CONFLICT: { description: 'The key belongs to another known account.' },
  FORBIDDEN: { description: 'The role of the token does not permit this.' },
  NOT_FOUND: { description: 'The workspace has no such object.' },
  FIELDS_MISSING: { description: 'The provider has no record with the fields that the step requires.' },
  NAME_TAKEN: { description: 'The name is in use.' },
  PLAN_REQUIRED: { description: 'The plan of the workspace or of the provider does not cover this.' },
  ALREADY_RESOLVED: { description: 'The presumed charge was resolved before, with another result.' },
  LOOKUP_IN_FLIGHT: { description: 'A lookup in flight is about to prove the presumed charge.' },
};

export const ProblemCode = builder.enumType('ProblemCode', {
  description:
    'The reason why a lookup or a change failed. Codes may be added; treat an unknown code as a failure.',
  values: codeMeanings,
});

export const PresumedCause = builder.enumType('PresumedCause', {
  description: 'Why it is unknown whether the provider charged.',
  values: {
    TIMEOUT: { description: 'No whole answer in time.' },
    CONNECTION_LOST: { description: 'The connection, or the body of the answer, was cut.' },
    SERVER_ERROR: {
      description: 'A status such as 502 or 504: a proxy had forwarded the request and lost the answer.',
    },
    UNREADABLE: { description: 'A success that cannot be read.' },
    CRASH: { description: 'The instance stopped, stood still or lost the database during the call.' },
    CLIENT_ERROR: { description: 'A fault of the gateway during the call.' },
    UNKNOWN: { description: 'Stored by a release that did not keep the cause.' },
  } satisfies Record<ListedCause, { description: string }>,
});

import type { Plan as PlanName, Role as RoleName } from '../access/caller.js';
import type { PayerChoice as PayerChoiceName } from '../connections/resolve-credential.js';
import type { ProblemCode as Code } from '../errors.js';
import { countries, type RecordField as FieldName } from '../providers/provider.js';
import { providerNames } from '../providers/catalogue.js';
import { builder } from './builder.js';
import { known } from './known-word.js';

export const ProviderName = builder.enumType('ProviderName', {
  description: 'A provider of company and people data.',
  values: providerNames,
});

export const toProviderName = known('provider', providerNames);

export const Country = builder.enumType('Country', {
  description:
    'The country whose regional figures (employee count, identifiers) are wanted. It does not change which record is meant.',
  values: countries,
});

const roleMeanings: Record<RoleName, { description: string }> = {
  ADMIN: { description: 'May do everything, tokens and budgets included.' },
  MANAGER: { description: 'Manages connections, enriches, reads.' },
  INTEGRATION: { description: 'For programs: manages connections, enriches, reads.' },
  MEMBER: { description: 'Enriches and reads.' },
  VIEWER: { description: 'Only reads.' },
};

const operations = ['COMPANY', 'PERSON', 'PEOPLE_SEARCH'] as const;

const operationMeanings: Record<(typeof operations)[number], { description: string }> = {
  COMPANY: { description: 'A company was asked for.' },
  PERSON: { description: 'A person was asked for.' },
  PEOPLE_SEARCH: { description: 'The people of a company were searched.' },
};

export const Operation = builder.enumType('Operation', {
  description: 'What was asked.',
  values: operationMeanings,
});

export const toOperation = known('operation', operations);

export const Role = builder.enumType('Role', {
  description: 'What a token may do.',
  values: roleMeanings,
});

const planMeanings: Record<PlanName, { description: string }> = {
  FREE: { description: "Only the operator's keys; none of one's own." },
  STARTER: { description: 'Keys of its own too.' },
  EXPLORER: { description: 'Keys of its own too.' },
  PRO: { description: 'Keys of its own too. What a gateway begins with.' },
};

export const Plan = builder.enumType('Plan', {
  description: 'What a workspace may do, as its operator has set it; each plan has its own managed credits.',
  values: planMeanings,
});

const payerChoiceMeanings: Record<PayerChoiceName, { description: string }> = {
  OWN: { description: "Only keys of one's own: never the operator's." },
  MANAGED: { description: "Only the operator's key." },
  ANY: { description: "One's own where there is one, else the operator's." },
};

export const PayerChoice = builder.enumType('PayerChoice', {
  description: 'Whose keys may pay for an ask.',
  values: payerChoiceMeanings,
});

const fieldMeanings: Record<FieldName, { description: string }> = {
  NAME: { description: 'Any name.' },
  WEBSITE: { description: "The company's website or domain." },
  LINKEDIN: { description: 'The LinkedIn page.' },
  EMPLOYEE_COUNT: { description: 'How many work there.' },
  INDUSTRY: { description: 'At least one industry.' },
  LOCATION: { description: 'Where it, or the person, is.' },
  POSITION: { description: "The person's position." },
  EMAIL: { description: 'Any e-mail address.' },
  WORK_EMAIL: { description: "The person's address at work." },
  PERSONAL_EMAIL: { description: 'A private address of the person.' },
  PHONE: { description: 'At least one phone number.' },
};

export const RecordField = builder.enumType('RecordField', {
  description: 'A field that a step of a waterfall can require.',
  values: fieldMeanings,
});

const codeMeanings: Record<Code, { description: string }> = {
  INVALID_KEY_FORMAT: { description: 'This cannot be a key of that provider.' },
  INVALID_IDENTIFIER: { description: 'The identifier makes no sense; nothing was asked or spent.' },
  INVALID_INPUT: { description: 'A value is outside of what is allowed.' },
  KEY_REFUSED: { description: 'The provider refused the key: it was revoked or mistyped.' },
  PLAN_WITHOUT_API: { description: "The account's plan has no API access." },
  OUT_OF_CREDITS: { description: 'The provider account has no credits left.' },
  BUDGET_EXCEEDED: { description: 'A budget of the workspace leaves too little.' },
  MAX_CREDITS_EXCEEDED: { description: 'The ask would cost more than the request allows.' },
  RATE_LIMITED: { description: 'Too many requests at once for this key.' },
  PROVIDER_UNAVAILABLE: { description: 'The provider did not answer as it should.' },
  PROVIDER_TIMEOUT: { description: 'The provider took too long; asking again settles whether it charged.' },
  PROVIDER_ANSWER_UNREADABLE: {
    description: 'The answer could not be read; asking again settles whether it charged.',
  },
  LEDGER_UNAVAILABLE: { description: 'The ledger cannot be written, so nothing is spent.' },
  NO_CONNECTION: { description: 'There is no key to ask with.' },
  CONNECTION_DISABLED: { description: 'The connection is switched off.' },
  ACCOUNT_CONFLICT: { description: 'The key is already known as another account.' },
  FORBIDDEN: { description: "The token's role does not allow this." },
  NOT_FOUND: { description: 'There is no such thing in this workspace.' },
  FIELDS_MISSING: { description: 'The provider has no record with the fields that the step requires.' },
  NAME_TAKEN: { description: 'The name is in use.' },
  PLAN_REQUIRED: { description: 'The plan does not cover this.' },
};

export const ProblemCode = builder.enumType('ProblemCode', {
  description: 'What befell one ask or one change. Codes may be added; treat an unknown one as "not done".',
  values: codeMeanings,
});

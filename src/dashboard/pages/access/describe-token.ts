import type { OwnTokenQuery, TokenFieldsFragment } from '../../api/operations.js';
import { formatNumber, formatWord } from '../../ui/format.js';

export type Token = TokenFieldsFragment;
type Scopes = OwnTokenQuery['viewer']['token']['scopes'];
type Limits = Pick<Token, 'limits' | 'usedToday'>;

/** The kinds of lookups, as people call them. */
export const operationTitles = {
  COMPANY: 'Companies',
  PERSON: 'People',
  PEOPLE_SEARCH: 'People search',
} as const;

/** What each role may do, in a sentence. */
export const roleNotes = {
  ADMIN: 'Everything, tokens and budgets included.',
  MANAGER: 'Looks up records, and manages connections, waterfalls and unlocks.',
  INTEGRATION: 'Looks up records, and manages connections.',
  MEMBER: 'Looks up records.',
  VIEWER: 'Reads reports. Looks up nothing.',
} as const;

/** What narrows the role, one line each; empty where nothing does. */
export const scopeLines = (
  { operations, connections, workflows, spend }: Scopes,
  connectionName: (id: string) => string,
): string[] => [
  ...(operations === null ? [] : [operations.map((one) => operationTitles[one]).join(', ')]),
  ...(connections === null ? [] : [`Paid by ${connections.map(connectionName).join(', ')}`]),
  ...(workflows === null ? [] : [`Workflow ${workflows.join(', ')}`]),
  ...(spend ? [] : ['May not spend']),
];

/** The limits with what was used of them today, one line each; empty where there are none. */
export const limitLines = ({ limits, usedToday }: Limits): string[] => {
  const { requestsPerSecond, lookupsPerDay, creditsPerDay } = limits;
  return [
    ...(requestsPerSecond === null ? [] : [`${formatNumber(requestsPerSecond)} requests a second`]),
    ...(lookupsPerDay === null
      ? []
      : [`${used(usedToday?.lookups)}${formatNumber(lookupsPerDay)} lookups a day`]),
    ...(creditsPerDay === null
      ? []
      : [`${used(usedToday?.credits)}${formatNumber(creditsPerDay)} credits a day`]),
  ];
};

const used = (count: number | undefined): string => (count === undefined ? '' : `${formatNumber(count)} of `);

export type TokenState = 'ACTIVE' | 'EXPIRED' | 'REVOKED';

export const stateOf = ({ revokedAt, expiresAt }: Token, now: Date): TokenState => {
  if (revokedAt !== null) return 'REVOKED';
  return expiresAt !== null && new Date(expiresAt) <= now ? 'EXPIRED' : 'ACTIVE';
};

/** Whether no other token could manage tokens any more without this one. */
export const isLastAdmin = (token: Token, all: readonly Token[], now: Date): boolean =>
  token.role === 'ADMIN' &&
  !all.some((other) => other.id !== token.id && other.role === 'ADMIN' && stateOf(other, now) === 'ACTIVE');

export const roleTitle = (role: string): string => formatWord(role);

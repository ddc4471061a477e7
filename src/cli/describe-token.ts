import { toPublicId } from '../access/public-ids.js';
import type { DailyUse } from '../tokens/daily-use.js';
import type { Token } from '../tokens/token.js';

/** A token with its scopes, limits and use, in one line for its name and one for each kind of fact. */
export const describeToken = (token: Token, now: Date, use: DailyUse | null): string => {
  const { scopes, limits } = token;
  const lines = [
    `${toPublicId('token', token.id)}  ${token.role.padEnd(11)}  …${token.hint}  ${token.name}`,
    `state: ${stateOf(token, now)}; last used: ${token.lastUsedAt?.toISOString() ?? 'never'}`,
    `workflow: ${token.workflow ?? 'none'}; ${listOf('operations', scopes.operations)}; ${listOf(
      'connections',
      scopes.connections?.map((id) => toPublicId('connection', id)) ?? null,
    )}; ${listOf('workflows', scopes.workflows)}; spends: ${scopes.spend ? 'yes' : 'no'}`,
    `limits: ${limits.requestsPerSecond ?? 'any'} requests a second, ${limits.lookupsPerDay ?? 'any'} lookups a day, ${limits.creditsPerDay ?? 'any'} credits a day`,
    ...(use === null ? [] : [`used today: ${use.lookups} lookups, ${use.credits} credits`]),
  ];
  return lines.join('\n    ');
};

const listOf = (what: string, names: readonly string[] | null): string =>
  `${what}: ${names === null ? 'all' : names.join(', ')}`;

const stateOf = ({ revokedAt, expiresAt, previousEndsAt }: Token, now: Date): string => {
  if (revokedAt !== null) return `revoked at ${revokedAt.toISOString()}`;
  const overlap =
    previousEndsAt !== null && previousEndsAt > now
      ? `, the secret before is valid until ${previousEndsAt.toISOString()}`
      : '';
  if (expiresAt === null) return `valid${overlap}`;
  return expiresAt > now
    ? `valid until ${expiresAt.toISOString()}${overlap}`
    : `expired at ${expiresAt.toISOString()}`;
};

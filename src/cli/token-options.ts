import { type Command, InvalidArgumentError } from 'commander';
import type { Caller } from '../access/caller.js';
import { fromPublicId } from '../access/public-ids.js';
import { operations, type Operation } from '../access/scopes.js';
import { findConnectionsByName, requireConnection } from '../connections/read-connections.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import type { UpdateTokenInput } from '../tokens/change-token.js';
import { readInstant, readLabel } from './read-argument.js';

/** An option that was given; null is `all`, `none` or `never`. In an object, because commander turns null into ''. */
type Given<Value> = { value: Value | null };

/** The options of a token as commander reads them. */
export type TokenOptions = {
  expiresAt?: Given<Date>;
  workflow?: Given<string>;
  operations?: Given<Operation[]>;
  connections?: Given<string[]>;
  workflows?: Given<string[]>;
  spend?: boolean;
  requestsPerSecond?: Given<number>;
  lookupsPerDay?: Given<number>;
  creditsPerDay?: Given<number>;
};

/** Adds the options that a new and a changed token share. */
export const addTokenOptions = (command: Command): Command =>
  command
    .option('--expires-at <instant>', 'such as 2030-01-31T00:00:00Z, or never', orNull('never', readInstant))
    .option(
      '--workflow <name>',
      'the workflow of lookups that name none, or none',
      orNull('none', readLabel('workflow')),
    )
    .option('--operations <list>', `of ${operations.join(', ')}, or all`, orNull('all', readOperations))
    .option('--connections <list>', 'names or ids of the only payers, or all', orNull('all', readList))
    .option('--workflows <list>', 'names, or all', orNull('all', readList))
    .option('--spend', 'it may spend credits (the default of a new token)')
    .option('--no-spend', 'it returns what costs nothing')
    .option('--requests-per-second <number>', 'or none', orNull('none', readNumber))
    .option('--lookups-per-day <number>', 'or none', orNull('none', readNumber))
    .option('--credits-per-day <number>', 'or none', orNull('none', readNumber));

const orNull =
  <Value>(word: string, read: (text: string) => Value) =>
  (text: string): Given<Value> => ({ value: text.toLowerCase() === word ? null : read(text) });

const readList = (text: string): string[] => text.split(',').map((one) => one.trim());

const readOperations = (text: string): Operation[] =>
  readList(text).map((name) => {
    const operation = operations.find((one) => one === name.toUpperCase());
    if (operation !== undefined) return operation;
    throw new InvalidArgumentError(
      `There is no operation ${name}: choose from ${operations.join(', ')}, separated by commas.`,
    );
  });

const readNumber = (text: string): number => {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number.');
};

/** The options as an input of createToken and updateToken. Throws NOT_FOUND for an unknown connection. */
export const readTokenOptions = async (
  deps: { database: Database },
  operator: Caller,
  options: TokenOptions,
): Promise<Omit<UpdateTokenInput, 'id' | 'name'>> => ({
  expiresAt: options.expiresAt?.value,
  workflow: options.workflow?.value,
  scopes: {
    operations: options.operations?.value,
    connections: await readConnections(deps, operator, options.connections?.value),
    workflows: options.workflows?.value,
    spend: options.spend,
  },
  limits: {
    requestsPerSecond: options.requestsPerSecond?.value,
    lookupsPerDay: options.lookupsPerDay?.value,
    creditsPerDay: options.creditsPerDay?.value,
  },
});

const readConnections = async (
  deps: { database: Database },
  operator: Caller,
  given: string[] | null | undefined,
): Promise<string[] | null | undefined> => {
  if (given === null || given === undefined) return given;
  return await Promise.all(
    given.map(async (nameOrId) => {
      if (/^con_[0-9a-f-]{36}$/i.test(nameOrId)) {
        const id = fromPublicId('connection', nameOrId);
        return (await requireConnection(deps, operator, id, ['connections'])).id;
      }
      const named = await findConnectionsByName(deps.database, nameOrId);
      const found = named.find((one) => one.workspaceId === operator.workspaceId);
      if (found !== undefined) return found.id;
      throw new GatewayError(
        'NOT_FOUND',
        `The workspace has no connection "${nameOrId}": use a name or id that the dashboard shows.`,
      );
    }),
  );
};

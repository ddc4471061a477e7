import { type Command, InvalidArgumentError, Option } from 'commander';
import { idOfFilter } from '../access/public-ids.js';
import { findWorkspace } from '../access/workspaces.js';
import { GatewayError } from '../errors.js';
import { presumedCauses, type PresumedChargeFilter } from '../ledger/list-presumed-charges.js';
import type { Database } from '../platform/database.js';
import { parseDurationSeconds } from '../platform/time.js';
import { providerNames } from '../providers/catalogue.js';
import { isInOrder, outOfOrder } from '../usage/period.js';
import { readInstant } from './read-argument.js';

/** The options that select presumed charges, as commander reads them. */
export type FilterOptions = {
  workspace?: string;
  provider?: string;
  connection?: string;
  cause?: (typeof presumedCauses)[number];
  olderThan?: number;
  from?: Date;
  to?: Date;
};

/** A filter, over one workspace or all (null). */
export type OperatorFilter = PresumedChargeFilter & { workspaceId: string | null };

/** Adds the options that select presumed charges. */
export const addFilterOptions = (command: Command): Command =>
  command
    .option('--workspace <workspace>', 'only of this workspace: its name or id')
    .addOption(new Option('--provider <provider>', 'only of this provider').choices([...providerNames]))
    .option('--connection <id>', 'only of calls with this connection: con_…', readConnection)
    .addOption(new Option('--cause <cause>', 'only with this cause').choices([...presumedCauses]))
    .option('--older-than <duration>', 'only of calls that began longer ago, such as 1d or 12h', readDuration)
    .option('--from <instant>', 'only of calls that began at or after this instant', readInstant)
    .option('--to <instant>', 'only of calls that began before this instant', readInstant);

const readConnection = (text: string): string => {
  const id = idOrNull(text);
  if (id !== null) return id;
  throw new InvalidArgumentError('This is not a connection id: write con_ followed by a UUID.');
};

const idOrNull = (text: string): string | null => {
  try {
    return idOfFilter('connection', text);
  } catch (error) {
    if (error instanceof GatewayError) return null;
    throw error;
  }
};

const readDuration = (text: string): number => {
  const seconds = parseDurationSeconds(text);
  if (seconds !== null && seconds <= 100 * 365 * 86_400) return seconds;
  throw new InvalidArgumentError('This is not a duration: write it as 1d, 12h or 15m.');
};

/**
 * The filter of the options. Throws BAD_REQUEST for an empty period, NOT_FOUND for an unknown workspace, and INVALID_INPUT
 * when several have the name.
 */
export const toFilter = async (
  database: Database,
  { workspace, provider, connection, cause, olderThan, from, to }: FilterOptions,
): Promise<OperatorFilter> => {
  const filter = { provider, connectionId: connection, cause, olderThanSeconds: olderThan, from, to };
  if (!isInOrder(filter)) throw new GatewayError('BAD_REQUEST', outOfOrder.error);
  return {
    ...filter,
    workspaceId: workspace === undefined ? null : (await findWorkspace(database.db, workspace)).id,
  };
};

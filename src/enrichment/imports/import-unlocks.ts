import { recordChange } from '../../access/audit-log.js';
import { toPublicId } from '../../access/public-ids.js';
import { authorize, type Caller } from '../../access/caller.js';
import { connectionNotFound } from '../../connections/connection.js';
import { requireConnection } from '../../connections/read-connections.js';
import { GatewayError } from '../../errors.js';
import { declareUnlocks } from '../../ledger/declare-unlocks.js';
import type { Database } from '../../platform/database.js';
import type { Providers } from '../../providers/catalogue.js';
import { type InvalidLine, type ReadColumn, readDeclaration } from './read-declaration.js';
import type { RecordKind } from '../../providers/provider.js';

type ImportInput = {
  /** A connection of the account that bought them. */
  connectionId: string;
  operation: RecordKind;
  /** The provider's own ids, or a CSV file with a column of them. */
  ids?: readonly string[] | null | undefined;
  csv?: string | null | undefined;
  /** True: nothing is imported. */
  dryRun?: boolean | null | undefined;
};

export type Imported = {
  /** Of a dry run the records of the list, unlocked before or not. */
  imported: number;
  columns: ReadColumn[];
  /** Lines whose record was unlocked before, or repeats an earlier line. */
  alreadyKnown: number;
  invalid: InvalidLine[];
  /** Identifiers that could not be parsed, in lines with a record. */
  unparsedIdentifiers: InvalidLine[];
};

const importLinesMax = 10_000;

/**
 * Imports records that an account bought before it used the gateway: they are fetched for free from now on, and their
 * price counts as saved. The provider is not called, so a wrong list is not noticed: such a record is charged. Throws
 * FORBIDDEN, NOT_FOUND, or INVALID_INPUT.
 */
export const importUnlocks = async (
  { database, providers }: { database: Database; providers: Providers },
  caller: Caller,
  { connectionId, operation, ids, csv, dryRun }: ImportInput,
  linesMax: number = importLinesMax,
): Promise<Imported> => {
  authorize(caller, 'importUnlocks');
  const connection = await requireConnection({ database }, caller, connectionId, ['connection']);
  const provider = Object.values(providers).find(({ name }) => name === connection.provider);
  if (provider === undefined) throw connectionNotFound(['connection']);
  requireFreeRefetch(provider);
  const { records, lines, ...read } = readDeclaration(provider, operation, { ids, csv }, linesMax);
  if (dryRun === true) return { imported: records.length, alreadyKnown: lines - records.length, ...read };
  const imported = await declareUnlocks(
    { database },
    {
      workspaceId: caller.workspaceId,
      accountId: connection.accountId,
      operation,
      provider: provider.name,
      sandbox: connection.sandbox,
      price: (operation === 'COMPANY' ? provider.company : provider.person).price.maxCredits,
      records,
    },
    (tx, { added, identifiers }) =>
      recordChange(tx, caller, {
        action: 'unlocks.import',
        subject: toPublicId('connection', connection.id),
        before: null,
        after: { accountId: connection.accountId, operation, unlocks: added, identifiers },
      }),
  );
  return { imported, alreadyKnown: lines - imported, ...read };
};

/** Throws INVALID_INPUT for a provider that charges for a record again, of which no unlock can be declared. */
export const requireFreeRefetch = ({
  title,
  refetchIsFree,
}: {
  title: string;
  refetchIsFree: boolean;
}): void => {
  if (refetchIsFree) return;
  throw new GatewayError(
    'INVALID_INPUT',
    `${title} charges each time a record is fetched, so records bought there before are not free: import unlocks only of a provider with free refetches.`,
    { field: ['connection'] },
  );
};

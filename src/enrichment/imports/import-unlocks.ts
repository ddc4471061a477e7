import { authorize, type Caller } from '../../access/caller.js';
import { getConnection } from '../../connections/get-connection.js';
import { GatewayError } from '../../errors.js';
import { declareUnlocks } from '../../ledger/declare-unlocks.js';
import type { Database } from '../../platform/database.js';
import type { Providers } from '../../providers/catalogue.js';
import type { Operation } from './choose-columns.js';
import { type InvalidLine, readDeclaration } from './read-declaration.js';

export type ImportInput = {
  /** Whose account has bought them. */
  connectionId: string;
  operation: Operation;
  /** The provider's own ids; or a CSV file with a column of them. */
  ids?: readonly string[] | null | undefined;
  csv?: string | null | undefined;
};

export type Imported = {
  imported: number;
  /** Lines whose record was ours already, or was named before in the same list. */
  alreadyKnown: number;
  invalid: InvalidLine[];
  /** Names that could not be read, in lines whose record was. */
  unparsedIdentifiers: InvalidLine[];
};

export const importLinesMax = 10_000;

/**
 * Declares what an account has bought before the gateway existed: from now on it is fetched for free, and its price
 * counts as saved. Nothing is asked of the provider, which alone knows; where the declaration is wrong it will charge,
 * and no answer of it says so. Throws FORBIDDEN, NOT_FOUND, or INVALID_INPUT.
 */
export const importUnlocks = async (
  { database, providers }: { database: Database; providers: Providers },
  caller: Caller,
  { connectionId, operation, ids, csv }: ImportInput,
  linesMax: number = importLinesMax,
): Promise<Imported> => {
  authorize(caller, 'importUnlocks');
  const connection = await getConnection({ database }, caller, connectionId);
  if (connection === null) throw noConnection();
  const provider = Object.values(providers).find(({ name }) => name === connection.provider);
  if (provider === undefined) throw noConnection();
  if (!provider.refetchIsFree) throw chargesAgain(provider.title);
  const { records, lines, invalid, unparsedIdentifiers } = readDeclaration(
    provider,
    operation,
    { ids, csv },
    linesMax,
  );
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
  );
  return { imported, alreadyKnown: lines - imported, invalid, unparsedIdentifiers };
};

const noConnection = (): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    'This workspace has no such connection: list the connections and name one of them.',
    {
      field: ['connection'],
    },
  );

const chargesAgain = (title: string): GatewayError =>
  new GatewayError(
    'INVALID_INPUT',
    `${title} charges each time a record is fetched, so nothing bought there before would be free: declare only unlocks of a provider that remembers them.`,
    { field: ['connection'] },
  );

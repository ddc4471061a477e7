import type { Command } from 'commander';
import { GatewayError } from '../errors.js';
import { clientHelp, type JsonOption, runClient } from './client-command.js';
import { exitCodes } from './exit-codes.js';
import { findConnection, listConnections } from './find-connection.js';
import type { GatewayClient } from './gateway-client.js';
import { tableLines } from './printer.js';

const examples = ['firmable-gateway balance', 'firmable-gateway balance Sales --json'];

/** Adds `balance`. */
export const addBalance = (program: Command): void => {
  program
    .command('balance')
    .description('Prints what the account of each connection has left.')
    .argument('[connection]', 'the name or id of one connection')
    .option('--json', 'print one JSON document')
    .addHelpText('after', clientHelp(...examples))
    .action(run);
};

type Balance = {
  connection: { id: string; name: string; provider: string };
  accountId: string;
  remaining: number | null;
  estimated: boolean;
  asOf: string;
  burnPerDay7: number;
  depletesAt: string | null;
  renewsAt: string | null;
};

const run = (nameOrId: string | undefined, options: JsonOption): Promise<void> =>
  runClient(options, async (client, print) => {
    const connections =
      nameOrId === undefined ? await listConnections(client) : [await findConnection(client, nameOrId)];
    const balances: Balance[] = [];
    for (const { id } of connections) balances.push(await readBalance(client, id));
    print.result({ balances }, () =>
      balances.length === 0
        ? ['There are no connections.']
        : tableLines([
            ['connection', 'provider', 'remaining', 'kind', 'per day', 'depletes', 'renews'],
            ...balances.map((one) => [
              one.connection.name,
              one.connection.provider,
              one.remaining,
              kindOf(one),
              Math.round(one.burnPerDay7),
              one.depletesAt?.slice(0, 10) ?? '-',
              one.renewsAt?.slice(0, 10) ?? '-',
            ]),
          ]),
    );
    return exitCodes.done;
  });

const kindOf = ({ remaining, estimated }: Balance): string => {
  if (remaining === null) return 'unknown';
  return estimated ? 'estimated' : 'reported';
};

const readBalance = async (client: GatewayClient, id: string): Promise<Balance> => {
  const { balance } = await client.query<{ balance: Balance | null }>(
    `query Balance($id: ID!) {
      balance(connection: $id) {
        connection { id name provider } accountId remaining estimated asOf burnPerDay7 depletesAt renewsAt
      }
    }`,
    { id },
  );
  if (balance === null) throw new GatewayError('NOT_FOUND', `There is no connection ${id}.`);
  return balance;
};

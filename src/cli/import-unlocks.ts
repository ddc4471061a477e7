import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Caller } from '../access/caller.js';
import { findConnectionsByName, type NamedConnection } from '../connections/find-connections-by-name.js';
import { createContext } from '../context.js';
import { type Imported, importUnlocks } from '../enrichment/import-unlocks.js';
import { guessOperation } from '../enrichment/imports/guess-operation.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { runCommand } from './run-command.js';

const usage = `Say what was bought by which connection's account:
  npm run import -- --connection <name> [--workspace <name or id>] <file.csv>`;

const linesMax = 1_000_000;
const faultsShownMax = 20;

await runCommand(async ({ config, store, log }) => {
  const { connection: name, workspace, file } = readArguments(process.argv.slice(2));
  if (name === undefined || file === undefined) {
    console.error(usage);
    return 1;
  }
  const csv = readFileSync(file, 'utf8');
  const connection = await findOne(store.database, name, workspace);
  const context = await createContext({ config, store, log });
  try {
    const provider = Object.values(context.providers).find((one) => one.name === connection.provider);
    if (provider === undefined)
      throw new GatewayError('NOT_FOUND', `No provider is called ${connection.provider}.`);
    const operation = guessOperation(provider, csv, linesMax);
    const input = { connectionId: connection.id, operation, csv };
    const imported = await importUnlocks(context, operatorIn(connection), input, linesMax);
    tell(imported, operation === 'COMPANY' ? 'companies' : 'people', name);
    return imported.invalid.length === 0 ? 0 : 1;
  } finally {
    await context.close();
  }
});

async function findOne(
  database: Database,
  name: string,
  workspace: string | undefined,
): Promise<NamedConnection> {
  const all = await findConnectionsByName(database, name);
  const wanted = all.filter(
    ({ workspaceId, workspaceName }) =>
      workspace === undefined || workspace === workspaceId || workspace === workspaceName,
  );
  const [one, another] = wanted;
  if (one === undefined) {
    throw new GatewayError(
      'NOT_FOUND',
      `No connection is called "${name}": name it as the dashboard shows it.`,
    );
  }
  if (another === undefined) return one;
  const names = wanted.map((each) => `${each.workspaceName} (${each.workspaceId})`).join(', ');
  throw new GatewayError(
    'INVALID_INPUT',
    `Several workspaces have a connection "${name}": add --workspace, one of ${names}.`,
  );
}

function operatorIn({ workspaceId, workspaceName }: NamedConnection): Caller {
  return {
    workspaceId,
    workspaceName,
    plan: 'PRO',
    tokenId: newId(),
    tokenName: 'import',
    role: 'ADMIN',
    workflow: null,
  };
}

function tell({ imported, alreadyKnown, invalid }: Imported, what: string, connection: string): void {
  console.log(
    `Declared ${imported} ${what} as bought by the account of "${connection}"; ${alreadyKnown} lines were known already, ${invalid.length} name none.`,
  );
  for (const { line, value, reason } of invalid.slice(0, faultsShownMax)) {
    console.error(`Line ${line}: ${value === '' ? '' : `"${value}": `}${reason}`);
  }
  if (invalid.length > faultsShownMax) console.error(`… and ${invalid.length - faultsShownMax} more.`);
}

function readArguments(given: string[]): {
  connection: string | undefined;
  workspace: string | undefined;
  file: string | undefined;
} {
  try {
    const { values, positionals } = parseArgs({
      args: given,
      allowPositionals: true,
      options: { connection: { type: 'string' }, workspace: { type: 'string' } },
    });
    const [file, ...more] = positionals;
    return {
      connection: values.connection,
      workspace: values.workspace,
      file: more.length === 0 ? file : undefined,
    };
  } catch {
    return { connection: undefined, workspace: undefined, file: undefined };
  }
}

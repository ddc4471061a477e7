import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Caller } from '../access/caller.js';
import { findConnectionsByName, type NamedConnection } from '../connections/find-connections-by-name.js';
import { createGateway } from '../gateway.js';
import { type Imported, importUnlocks } from '../enrichment/imports/import-unlocks.js';
import type { Operation } from '../enrichment/imports/choose-columns.js';
import { guessOperation } from '../enrichment/imports/guess-operation.js';
import type { InvalidLine } from '../enrichment/imports/read-declaration.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { runCommand } from './run-command.js';

const usage = `Say what was bought by which connection's account:
  npm run import -- --connection <name> [--workspace <name or id>] [--kind company|person] <file.csv>`;

const operations = ['COMPANY', 'PERSON'] as const;
const linesMax = 1_000_000;
const faultsShownMax = 20;

await runCommand(async ({ config, store, log }) => {
  const given = readArguments(process.argv.slice(2));
  if (given === null) {
    console.error(usage);
    return 1;
  }
  const { connection: name, workspace, kind, file } = given;
  const csv = readText(file);
  const connection = await findOne(store.database, name, workspace);
  const context = await createGateway({ config, store, log });
  try {
    const provider = Object.values(context.providers).find((one) => one.name === connection.provider);
    if (provider === undefined)
      throw new GatewayError('NOT_FOUND', `No provider is called ${connection.provider}.`);
    const operation = kind ?? guessOperation(provider, csv);
    const input = { connectionId: connection.id, operation, csv };
    const imported = await importUnlocks(context, operatorIn(connection), input, linesMax);
    tell(imported, operation === 'COMPANY' ? 'companies' : 'people', name);
    return imported.invalid.length === 0 ? 0 : 1;
  } finally {
    await context.close();
  }
});

function readText(file: string): string {
  const place = path.resolve(file);
  try {
    return decode(readFileSync(place));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';
    throw new GatewayError('INVALID_INPUT', unreadable(place, code), { cause: error });
  }
}

/** Excel's "Unicode Text" is UTF-16, and says so by its first two bytes; all else is UTF-8. */
function decode(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return bytes.toString('utf8');
}

function unreadable(place: string, code: string): string {
  if (code === 'ENOENT') return `There is no file ${place}: check its name and folder.`;
  if (code === 'EISDIR') return `${place} is a folder: name a CSV file in it.`;
  if (code === 'EACCES' || code === 'EPERM')
    return `${place} may not be read (${code}): give this user the right to read it.`;
  return `${place} cannot be read (${code}): name a CSV file of text.`;
}

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
  if (one !== undefined && another === undefined) return one;
  if (one === undefined) {
    throw new GatewayError(
      'NOT_FOUND',
      workspace === undefined || all.length === 0
        ? `No connection is called "${name}": name it as the dashboard shows it.`
        : `No workspace "${workspace}" has a connection "${name}": name one that has, of ${workspacesOf(all)}.`,
    );
  }
  throw new GatewayError(
    'INVALID_INPUT',
    `Several workspaces have a connection "${name}": add --workspace, one of ${workspacesOf(wanted)}.`,
  );
}

function workspacesOf(named: readonly NamedConnection[]): string {
  return named.map((each) => `${each.workspaceName} (${each.workspaceId})`).join(', ');
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

function tell(
  { imported, alreadyKnown, invalid, unparsedIdentifiers }: Imported,
  what: string,
  connection: string,
): void {
  console.log(
    `Declared ${imported} ${what} as bought by the account of "${connection}"; ${alreadyKnown} lines were known already, ${invalid.length} name none.`,
  );
  tellFaults(invalid);
  if (unparsedIdentifiers.length > 0)
    console.error(`Names that could not be read: ${unparsedIdentifiers.length}.`);
  tellFaults(unparsedIdentifiers);
}

function tellFaults(faults: readonly InvalidLine[]): void {
  for (const { line, value, reason } of faults.slice(0, faultsShownMax)) {
    console.error(`Line ${line}: ${value === '' ? '' : `"${value}": `}${reason}`);
  }
  if (faults.length > faultsShownMax) console.error(`… and ${faults.length - faultsShownMax} more.`);
}

type Arguments = {
  connection: string;
  workspace: string | undefined;
  /** Undefined where the file shall tell. */
  kind: Operation | undefined;
  file: string;
};

/** Null where they are not as `usage` has them. */
function readArguments(given: string[]): Arguments | null {
  try {
    const { values, positionals } = parseArgs({
      args: given,
      allowPositionals: true,
      options: {
        connection: { type: 'string' },
        workspace: { type: 'string' },
        kind: { type: 'string' },
      },
    });
    const { connection, workspace, kind } = values;
    const [file, ...more] = positionals;
    if (connection === undefined || file === undefined || more.length > 0) return null;
    const operation = operations.find((one) => one === kind?.toUpperCase());
    if (kind !== undefined && operation === undefined) return null;
    return { connection, workspace, kind: operation, file };
  } catch {
    return null;
  }
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { Caller } from '../access/caller.js';
import { unrestricted } from '../access/scopes.js';
import { findConnectionsByName, type NamedConnection } from '../connections/read-connections.js';
import { decodeText } from '../csv/decode-text.js';
import { kindOfFile, sniffBytes } from '../csv/file-kind.js';
import { type Imported, importUnlocks, requireFreeRefetch } from '../enrichment/imports/import-unlocks.js';
import { guessOperation, type InvalidLine } from '../enrichment/imports/read-declaration.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { readPath } from './read-argument.js';
import { helpAfter, runCommand } from './run-command.js';
import type { RecordKind } from '../providers/provider.js';

type Options = { connection: string; workspace?: string; kind?: RecordKind };

const operations = ['COMPANY', 'PERSON'] as const;
const linesMax = 1_000_000;
const faultsShownMax = 20;

/** Adds `import-unlocks`. */
export const addImportUnlocks = (program: Command): void => {
  program
    .command('import-unlocks')
    .description(
      `Declares the records that a connection's account bought before, from a CSV file of up to ${linesMax} lines.`,
    )
    .argument('<file>', 'a CSV file with a column of ids', readPath)
    .requiredOption('--connection <name>', 'the connection whose account bought them')
    .option('--workspace <name or id>', 'its workspace, if several have a connection of that name')
    .option('--kind <company|person>', 'what the ids are, if the file has ids of both', readKind)
    .addHelpText('after', helpAfter('firmable-gateway import-unlocks --connection Sales bought.csv'))
    .action(run);
};

const readKind = (text: string): RecordKind => {
  const operation = operations.find((one) => one === text.toUpperCase());
  if (operation !== undefined) return operation;
  throw new InvalidArgumentError('Choose company or person.');
};

const run = (file: string, { connection: name, workspace, kind }: Options): Promise<void> =>
  runCommand(async ({ config, store, log }) => {
    const csv = readText(file);
    const connection = await findConnection(store.database, name, workspace);
    const { createGateway } = await import('../gateway.js');
    const gateway = await createGateway({ config, store, log });
    try {
      const provider = Object.values(gateway.providers).find((one) => one.name === connection.provider);
      if (provider === undefined) {
        throw new GatewayError('NOT_FOUND', `There is no provider ${connection.provider}.`);
      }
      requireFreeRefetch(provider);
      const operation = kind ?? guessOperation(provider, csv);
      const input = { connectionId: connection.id, operation, csv };
      const imported = await importUnlocks(gateway, operatorIn(connection), input, linesMax);
      report(imported, operation === 'COMPANY' ? 'companies' : 'people', name);
      return imported.invalid.length === 0;
    } finally {
      await gateway.close();
    }
  });

const readText = (file: string): string => {
  const absolute = path.resolve(file);
  const bytes = readBytes(absolute);
  const kind = kindOfFile(bytes.subarray(0, sniffBytes));
  if (kind !== 'TEXT') {
    const what = kind === 'ZIP' ? 'a workbook or an archive' : kind.name;
    throw new GatewayError(
      'INVALID_INPUT',
      `${absolute} is ${what}: save the table as CSV, and name that file.`,
    );
  }
  return decodeText(bytes);
};

const readBytes = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new GatewayError('INVALID_INPUT', explainUnreadable(file, code), { cause: error });
  }
};

const explainUnreadable = (file: string, code: string): string => {
  if (code === 'ENOENT') return `There is no file ${file}: check its name and folder.`;
  if (code === 'EISDIR') return `${file} is a folder: name a CSV file in it.`;
  if (code === 'EACCES' || code === 'EPERM') {
    return `${file} may not be read (${code}): give this user the right to read it.`;
  }
  return `${file} cannot be read (${code}): name a CSV file of text.`;
};

const findConnection = async (
  database: Database,
  name: string,
  workspace: string | undefined,
): Promise<NamedConnection> => {
  const all = await findConnectionsByName(database, name);
  const matching = all.filter(
    ({ workspaceId, workspaceName }) =>
      workspace === undefined || workspace === workspaceId || workspace === workspaceName,
  );
  const [one, another] = matching;
  if (one !== undefined && another === undefined) return one;
  if (one === undefined) {
    throw new GatewayError(
      'NOT_FOUND',
      workspace === undefined || all.length === 0
        ? `There is no connection "${name}": use a name that the dashboard shows.`
        : `The workspace "${workspace}" has no connection "${name}": choose one of ${workspacesOf(all)}.`,
    );
  }
  throw new GatewayError(
    'INVALID_INPUT',
    `Several workspaces have a connection "${name}": add --workspace with one of ${workspacesOf(matching)}.`,
  );
};

const workspacesOf = (named: readonly NamedConnection[]): string =>
  named.map((each) => `${each.workspaceName} (${each.workspaceId})`).join(', ');

const operatorIn = ({ workspaceId, workspaceName }: NamedConnection): Caller => ({
  workspaceId,
  workspaceName,
  plan: 'PRO',
  tokenId: newId(),
  tokenName: 'import',
  ...unrestricted,
  role: 'ADMIN',
  workflow: null,
  from: { operator: 'import-unlocks' },
});

const report = (
  { imported, alreadyKnown, invalid, unparsedIdentifiers }: Imported,
  noun: string,
  connection: string,
): void => {
  console.log(
    `Declared ${imported} ${noun} as bought by the account of "${connection}". Lines already known: ${alreadyKnown}. Invalid lines: ${invalid.length}.`,
  );
  reportLines(invalid);
  if (unparsedIdentifiers.length > 0) {
    console.error(`Identifiers that could not be parsed: ${unparsedIdentifiers.length}.`);
  }
  reportLines(unparsedIdentifiers);
};

const reportLines = (lines: readonly InvalidLine[]): void => {
  for (const { line, value, reason } of lines.slice(0, faultsShownMax)) {
    console.error(`Line ${line}: ${value === '' ? '' : `"${value}": `}${reason}`);
  }
  if (lines.length > faultsShownMax) console.error(`… and ${lines.length - faultsShownMax} more.`);
};

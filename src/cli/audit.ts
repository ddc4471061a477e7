import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { findWorkspace } from '../access/workspaces.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import type { AuditFilter } from '../usage/audit-event.js';
import { exportWholeAudit, type OperatorAuditEvent, readWholeAudit } from '../usage/exports/export-audit.js';
import { type ExportFormat, exportFormats } from '../usage/exports/table.js';
import { readInstant, readPath } from './read-argument.js';
import { helpAfter, runCommand } from './run-command.js';

type Options = {
  workspace?: string;
  action?: string;
  subject?: string;
  actor?: string;
  from?: Date;
  to?: Date;
};

const rowsDefault = 50;
const rowsMax = 1_000;

/** Adds `audit` with its subcommands. */
export const addAudit = (program: Command): void => {
  const audit = program
    .command('audit')
    .description('Lists and exports the audit log of all workspaces.')
    .addHelpText('after', helpAfter(...examples));
  withFilter(audit.command('list'))
    .description('Lists the latest changes, newest first, one a line.')
    .option('--limit <number>', `how many changes, at most ${rowsMax}`, readLimit, rowsDefault)
    .addHelpText('after', helpAfter('firmable-gateway audit list --workspace Northwind --action token'))
    .action(list);
  withFilter(audit.command('export'))
    .description('Writes the changes with all their fields, newest first.')
    .addOption(new Option('--format <format>', 'the format').choices([...exportFormats]).default('ndjson'))
    .option('--output <file>', 'a file that does not exist; standard output if omitted', readPath)
    .addHelpText('after', helpAfter('firmable-gateway audit export --to 2027-01-01 --output 2026.ndjson'))
    .action(writeExport);
};

const examples = [
  'firmable-gateway audit list',
  'firmable-gateway audit export --format csv --output audit.csv',
];

const withFilter = (command: Command): Command =>
  command
    .option('--workspace <workspace>', 'only of this workspace: its name or id')
    .option('--action <action>', 'only this action, such as token.create, or its noun, such as token')
    .option('--subject <id>', 'only changes of the object with this id')
    .option('--actor <name>', 'only by tokens of this name, or by this command of the operator')
    .option('--from <instant>', 'only at or after this instant', readInstant)
    .option('--to <instant>', 'only before this instant', readInstant);

const readLimit = (text: string): number => {
  const limit = Number(text);
  if (/^\d{1,4}$/.test(text) && limit >= 1 && limit <= rowsMax) return limit;
  throw new InvalidArgumentError(`The limit is a whole number from 1 to ${rowsMax}.`);
};

const toWanted = async (
  { db }: Database,
  { workspace, ...filter }: Options,
): Promise<{ workspaceId: string | null; filter: AuditFilter }> => ({
  workspaceId: workspace === undefined ? null : (await findWorkspace(db, workspace)).id,
  filter,
});

const list = ({ limit, ...options }: Options & { limit: number }): Promise<void> =>
  runCommand(async ({ store: { database } }) => {
    const { read } = readWholeAudit(await toWanted(database, options));
    const events = await read(database, null, limit);
    for (const event of events) console.log(lineOf(event));
    if (events.length === 0) console.log('There are no such changes.');
    return true;
  });

/** The log has no control characters in its texts, so that each change is one line. */
const lineOf = (event: OperatorAuditEvent): string =>
  [
    event.occurredAt.toISOString(),
    event.workspaceName ?? 'all workspaces',
    event.action,
    event.subject ?? '-',
    event.tokenId === null
      ? `operator "${event.actor}" (${event.account} on ${event.host})`
      : `token "${event.actor}" (${event.role}) from ${event.remoteAddress ?? 'unknown'}`,
  ].join('  ');

const writeExport = ({
  format,
  output,
  ...options
}: Options & { format: ExportFormat; output?: string }): Promise<void> =>
  runCommand(async ({ store: { database } }) => {
    const text = await exportWholeAudit(database, { ...(await toWanted(database, options)), format });
    if (output === undefined) {
      await pipeline(Readable.from(text), process.stdout, { end: false });
      return true;
    }
    const file = path.resolve(output);
    try {
      // It shows who did what and from where: only its owner may read it.
      await pipeline(Readable.from(text), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
    } catch (error) {
      throw explainUnwritable(file, error);
    }
    console.log(`Wrote the audit log to ${file}.`);
    return true;
  });

const explainUnwritable = (file: string, error: unknown): unknown => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EEXIST') {
    return new GatewayError('INVALID_INPUT', `${file} exists already: name a new file.`, { cause: error });
  }
  if (code === 'ENOSPC') {
    return new GatewayError('UNAVAILABLE', `The disk of ${file} is full: name a file on another one.`, {
      cause: error,
    });
  }
  if (!['ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR'].includes(code)) return error;
  return new GatewayError('INVALID_INPUT', `${file} cannot be written (${code}): name another file.`, {
    cause: error,
  });
};

import path from 'node:path';
import type { Command } from 'commander';
import { balancesNeed } from '../balances/entries-needed.js';
import { archiveMonth, listMonths, refusalOf } from '../ledger/archive/archive-month.js';
import { firstDayOf } from '../ledger/archive/month.js';
import { restoreMonth } from '../ledger/archive/restore-month.js';
import { verifyLedger } from '../ledger/audit/verify-ledger.js';
import type { Database } from '../platform/database.js';
import { readMonth, readPath } from './read-argument.js';
import { helpAfter, runCommand } from './run-command.js';

/** Adds `archive-entries` and `restore-entries`. */
export const addArchiveEntries = (program: Command): void => {
  program
    .command('archive-entries')
    .description(
      'Moves the entries of old months into files, beside running gateways. Usage, budgets and unlocks go on counting them.',
    )
    .argument('<folder>', 'where the files are written', readPath)
    .requiredOption('--before <month>', 'the first month that stays, such as 2025-01', readMonth)
    .option('--dry-run', 'print what would be archived, and change nothing')
    .addHelpText('after', helpAfter('firmable-gateway archive-entries /archive --before 2025-01 --dry-run'))
    .action(archiveEntries);
  program
    .command('restore-entries')
    .description('Puts the entries of an archived month back from its files, beside running gateways.')
    .argument('<folder>', 'where archive-entries has written the files', readPath)
    .requiredOption('--month <month>', 'the month, such as 2024-11', readMonth)
    .addHelpText('after', helpAfter('firmable-gateway restore-entries /archive --month 2024-11'))
    .action(restoreEntries);
};

const archiveEntries = (folder: string, options: { before: string; dryRun?: boolean }): Promise<void> =>
  runCommand(async ({ store: { database } }) => {
    const { before, dryRun = false } = options;
    const months = await listMonths(database.sql, before);
    if (months.length === 0) {
      console.log(`There are no entries to archive before ${before}.`);
      return true;
    }
    if (!dryRun && !(await agrees(database, 'Nothing was archived'))) return false;
    // The oldest first: a month that must stay keeps the later ones, too, so that what is archived has no gaps.
    for (const month of months) {
      const refusal =
        (await refusalOf(database.sql, month)) ?? (await balancesNeed(database.sql, firstDayOf(month)));
      if (refusal !== null) {
        console.error(`${month} and later months stay: ${refusal}.`);
        return false;
      }
      if (dryRun) {
        console.log(`${month} would be archived.`);
        continue;
      }
      const done = await archiveMonth(database.sql, path.resolve(folder), month, balancesNeed);
      console.log(`${month}: archived ${done.entries} entries with ${done.credits} credits in ${done.file}.`);
    }
    return true;
  });

const restoreEntries = (folder: string, { month }: { month: string }): Promise<void> =>
  runCommand(async ({ store: { database } }) => {
    const entries = await restoreMonth(database.sql, path.resolve(folder), month);
    console.log(`${month}: restored ${entries} entries.`);
    return await agrees(database, 'The entries are restored');
  });

/** Whether the ledger adds up; what disagrees is printed. */
const agrees = async (database: Database, otherwise: string): Promise<boolean> => {
  const { disagreements } = await verifyLedger(database);
  if (disagreements.length === 0) return true;
  for (const { workspaceId, line } of disagreements) console.log(`Workspace ${workspaceId}: ${line}.`);
  console.error(
    `${disagreements.length} disagreements in the ledger. ${otherwise}: report them with these lines.`,
  );
  return false;
};

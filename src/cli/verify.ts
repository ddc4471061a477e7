import type { Command } from 'commander';
import { verifyLedger } from '../ledger/audit/verify-ledger.js';
import { helpAfter, runCommand } from './run-command.js';

/** Adds `verify`. */
export const addVerify = (program: Command): void => {
  program
    .command('verify')
    .description(
      'Recomputes everything from the entries, read-only, and reports each disagreement. Fails if there is one.',
    )
    .addHelpText('after', helpAfter('firmable-gateway verify'))
    .action(verify);
};

const verify = (): Promise<void> =>
  runCommand(async ({ store }) => {
    const found = await verifyLedger(store.database);
    for (const { workspaceId, line } of found.hints) console.log(`Hint, workspace ${workspaceId}: ${line}.`);
    for (const { workspaceId, line } of found.disagreements) {
      console.log(`Workspace ${workspaceId}: ${line}.`);
    }
    const archived = found.archived === 0 ? '' : ` (and the sums of ${found.archived} archived ones)`;
    const checked = `${found.entries} entries${archived}, ${found.unlocks} unlocks and ${found.budgetPeriods} budget periods`;
    if (found.disagreements.length === 0) {
      console.log(`Everything adds up: ${checked} agree.`);
      return true;
    }
    console.error(
      `${found.disagreements.length} disagreements in ${checked}: keep a dump of this database, and report them with these lines.`,
    );
    return false;
  });

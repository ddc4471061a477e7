import { verifyLedger } from '../ledger/audit/verify-ledger.js';
import { runCommand } from './run-command.js';

await runCommand(async ({ store }) => {
  const found = await verifyLedger(store.database);
  for (const { workspaceId, line } of found.hints) console.log(`Hint, workspace ${workspaceId}: ${line}.`);
  for (const { workspaceId, line } of found.disagreements) console.log(`Workspace ${workspaceId}: ${line}.`);
  const looked = `${found.entries} entries, ${found.unlocks} unlocks and ${found.budgetPeriods} budget periods`;
  if (found.disagreements.length === 0) {
    console.log(`Everything adds up: ${looked} agree.`);
    return 0;
  }
  console.error(
    `${found.disagreements.length} disagreements in ${looked}: keep a dump of this database, and report them with these lines.`,
  );
  return 1;
});

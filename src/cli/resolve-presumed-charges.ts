import type { Command } from 'commander';
import type { ResolvedCharge } from '../enrichment/resolve-presumed-charge.js';
import { createGateway } from '../gateway.js';
import { expireReservations } from '../ledger/maintenance.js';
import {
  listCorrections,
  listPresumedCharges,
  type PresumedCharge,
} from '../ledger/list-presumed-charges.js';
import { helpAfter, runCommand } from './run-command.js';

/** Adds `resolve-presumed-charges`. */
export const addResolvePresumedCharges = (program: Command): void => {
  program
    .command('resolve-presumed-charges')
    .description(
      'Fetches the records of presumed charges again, at no new spend, and confirms or returns each charge.',
    )
    .addHelpText('after', helpAfter('firmable-gateway resolve-presumed-charges'))
    .action(resolvePresumedCharges);
};

const resolvePresumedCharges = (): Promise<void> =>
  runCommand(async ({ config, store, log }) => {
    const { database } = store;
    await expireReservations(database.sql);
    const charges = await listPresumedCharges(database);
    if (charges.length === 0) {
      console.log('There are no presumed charges.');
      return true;
    }
    const gateway = await createGateway({ config, store, log });
    try {
      const results = await gateway.resolvePresumedCharges(charges);
      const corrections = await listCorrections(database, charges);
      const resolved = charges.filter(({ id }) => corrections.has(id));
      const charged = creditsOf(resolved.filter(({ id }) => corrections.get(id) === 'CHARGED'));
      const open = charges.filter(({ id }) => !corrections.has(id));
      console.log(
        `Resolved ${resolved.length} of ${charges.length} presumed charges: ${charged} credits were charged, ${creditsOf(resolved) - charged} are returned.`,
      );
      for (const charge of open) {
        console.error(`Still open: ${describe(charge)}. ${remedyFor(results.get(charge.id))}`);
      }
      return open.every(({ id }) => isUnresolvable(results.get(id)));
    } finally {
      await gateway.close();
    }
  });

const creditsOf = (charges: readonly PresumedCharge[]): bigint =>
  charges.reduce((sum, { credits }) => sum + credits, 0n);

/** Names the entry, not what was looked up, which may be a person's e-mail address. */
const describe = ({ id, workspaceName, credits }: PresumedCharge): string =>
  `entry ent_${id} of workspace "${workspaceName}", ${credits} credits`;

/** Whether no later run can resolve it either. It then does not fail the command. */
const isUnresolvable = (result: ResolvedCharge | undefined): boolean =>
  result?.kind === 'LEFT' && result.why === 'REFETCH_COSTS';

const remedyFor = (result: ResolvedCharge | undefined): string => {
  if (result?.kind !== 'LEFT') return 'It was fetched again and is still open: run this command again.';
  switch (result.why) {
    case 'NO_STORED_KEY':
      return 'No key of its account is stored: look up the record again with the key that was sent then, or store that key as a connection and run this command again.';
    case 'NOT_REBUILT':
      return 'This release cannot rebuild its query from the ledger: look up the record again.';
    case 'REFETCH_COSTS':
      return 'Its provider charges for every response, so another call would cost more and prove nothing: the charge stays presumed. Compare it with the usage that the provider shows, and decide it with the mutation decidePresumedCharge.';
    case 'PROVIDER':
      return result.problem.message;
  }
};

import { createGateway, type Gateway } from '../gateway.js';
import type { ResolvedCharge } from '../enrichment/resolve-presumed-charge.js';
import { expireReservations } from '../ledger/maintenance.js';
import { listCorrections, listPresumedCharges, type PresumedCharge } from '../usage/list-presumed-charges.js';
import { runCommand } from './run-command.js';

// So many calls at once; the provider's own pace holds beside it.
const atOnce = 20;

await runCommand(async ({ config, store, log }) => {
  const { database } = store;
  await expireReservations(database.sql);
  const doubts = await listPresumedCharges(database);
  if (doubts.length === 0) {
    console.log('Nothing is in doubt.');
    return 0;
  }
  const context = await createGateway({ config, store, log });
  try {
    const left = await settleAll(context, doubts);
    const corrections = await listCorrections(database, doubts);
    const settled = doubts.filter(({ id }) => corrections.has(id));
    const charged = creditsOf(settled.filter(({ id }) => corrections.get(id) === 'CHARGED'));
    const open = doubts.filter(({ id }) => !corrections.has(id));
    console.log(
      `Settled ${settled.length} of ${doubts.length} doubts: ${charged} credits had been charged, ${creditsOf(settled) - charged} are given back.`,
    );
    for (const doubt of open) console.error(`Left: ${nameOf(doubt)}. ${remedyFor(left.get(doubt.id))}`);
    return open.every(({ id }) => isForGood(left.get(id))) ? 0 : 1;
  } finally {
    await context.close();
  }
});

async function settleAll(context: Gateway, doubts: PresumedCharge[]): Promise<Map<string, ResolvedCharge>> {
  const ends = new Map<string, ResolvedCharge>();
  for (let from = 0; from < doubts.length; from += atOnce) {
    const some = doubts.slice(from, from + atOnce);
    await Promise.all(
      some.map(async (doubt) => ends.set(doubt.id, await context.resolvePresumedCharge(doubt))),
    );
  }
  return ends;
}

function creditsOf(doubts: PresumedCharge[]): bigint {
  return doubts.reduce((sum, { credits }) => sum + credits, 0n);
}

/** By its entry: what was asked for may be a person's address. */
function nameOf(doubt: PresumedCharge): string {
  return `entry ent_${doubt.id} of workspace "${doubt.workspaceName}", ${doubt.credits} credits`;
}

/** Nothing can settle it: no failure of this command. */
function isForGood(end: ResolvedCharge | undefined): boolean {
  return end?.kind === 'LEFT' && end.why === 'REFETCH_COSTS';
}

function remedyFor(end: ResolvedCharge | undefined): string {
  if (end?.kind !== 'LEFT') return 'It was asked for again and is still open: run this command again.';
  switch (end.why) {
    case 'NO_STORED_KEY':
      return 'No key of its account is stored: ask for the record again with the key that was sent then, or store that key as a connection and run this command again.';
    case 'NOT_REBUILT':
      return 'This release cannot ask for it by what the ledger has kept: ask for the record again by hand.';
    case 'REFETCH_COSTS':
      return 'Its provider charges for every answer, so asking again would cost more and prove nothing: it stays presumed. Compare it with the usage that the provider shows.';
    case 'PROVIDER':
      return end.problem.message;
  }
}

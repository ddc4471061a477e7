import { type Command, Option } from 'commander';
import { recordChanges } from '../access/audit-log.js';
import { type Proposal, proposeResolutions } from '../balances/propose-resolutions.js';
import type { ResolvedCharge } from '../enrichment/resolve-presumed-charge.js';
import type { createGateway, Gateway } from '../gateway.js';
import { expireReservations } from '../ledger/maintenance.js';
import { type PresumedCharge, readPresumedCharges } from '../ledger/list-presumed-charges.js';
import { findResolutions, resolveForOperator } from '../ledger/resolve-charges.js';
import type { Database } from '../platform/database.js';
import {
  addFilterOptions,
  type FilterOptions,
  type OperatorFilter,
  toFilter,
} from './presumed-charge-filter.js';
import { readLabel } from './read-argument.js';
import { helpAfter, runCommand } from './run-command.js';

type Options = FilterOptions & { charged?: true; notCharged?: true; proposed?: true; reason?: string };

/** Adds `resolve-presumed-charges`. */
export const addResolvePresumedCharges = (program: Command): void => {
  const command = addFilterOptions(program.command('resolve-presumed-charges'))
    .description(
      'Fetches the records of presumed charges again, at no new spend, and confirms or returns each charge. With --charged or --not-charged it decides them without a call.',
    )
    .addOption(
      new Option('--charged', 'decide that the provider charged: the credits stay counted').conflicts(
        'notCharged',
      ),
    )
    .option('--not-charged', 'decide that the provider did not charge: the credits are returned')
    .option('--proposed', "decide only those of which the provider's balance implies the same decision")
    .option(
      '--reason <text>',
      'why it is decided so, kept in the ledger; required with a decision',
      readLabel('reason'),
    );
  command
    .addHelpText(
      'after',
      helpAfter(
        'firmable-gateway resolve-presumed-charges',
        'firmable-gateway resolve-presumed-charges --provider APOLLO --from 2026-11-01T09:00:00Z --to 2026-11-01T09:15:00Z --not-charged --reason "outage, not in the usage"',
      ),
    )
    .action((options: Options) => {
      const isDecision = options.charged === true || options.notCharged === true;
      if (isDecision !== (options.reason !== undefined)) {
        command.error('error: --reason belongs to --charged or --not-charged, which require it');
      }
      if (options.proposed === true && !isDecision) {
        command.error('error: --proposed belongs to --charged or --not-charged');
      }
      return runCommand(async (context) => {
        const { database } = context.store;
        await expireReservations(database.sql);
        const { charged, reason } = options;
        const filter = await toFilter(database, options);
        if (reason === undefined) return await fetchAll(context, filter);
        const proposed = options.proposed === true;
        return await decideAll(context, filter, { charged: charged === true, reason, proposed });
      });
    });
};

const decideAll = async (
  context: GatewayContext,
  { workspaceId, ...filter }: OperatorFilter,
  { proposed, ...decision }: { charged: boolean; reason: string; proposed: boolean },
): Promise<boolean> => {
  const { database } = context.store;
  const all = await readPresumedCharges(database, { workspaceId, ...filter });
  if (all.length === 0) return reportNone();
  const ids = proposed ? await findAllProposed(context, all, decision.charged) : null;
  let [count, credits, inFlight] = [0, 0n, 0];
  for (const id of new Set(all.map((charge) => charge.workspaceId))) {
    for (;;) {
      const done = await resolveForOperator(database, id, { filter: { ...filter, ids }, ...decision });
      count += done.resolved;
      credits += done.credits;
      inFlight += done.resolved === 0 ? done.inFlight : 0;
      if (done.resolved === 0 || done.remaining.count === 0) break;
    }
  }
  const charged = decision.charged ? credits : 0n;
  console.log(
    `Resolved ${count} presumed charges: ${charged} credits were charged, ${credits - charged} are returned.`,
  );
  if (inFlight > 0) {
    console.error(
      `${inFlight} are left, because a lookup in flight is about to prove them: run this command again.`,
    );
  }
  return inFlight === 0;
};

type GatewayContext = Parameters<typeof createGateway>[0];

/** The proposals for presumed charges of any workspaces. */
const readProposals = async (
  gateway: Pick<Gateway, 'database' | 'operationsOf'>,
  charges: readonly PresumedCharge[],
): Promise<Map<string, Proposal>> => {
  const proposals: [string, Proposal][] = [];
  for (const workspaceId of new Set(charges.map((charge) => charge.workspaceId))) {
    const ids = charges.flatMap((charge) => (charge.workspaceId === workspaceId ? [charge.id] : []));
    proposals.push(...(await proposeResolutions(gateway, workspaceId, ids)));
  }
  return new Map(proposals);
};

const findAllProposed = async (
  context: GatewayContext,
  charges: readonly PresumedCharge[],
  charged: boolean,
): Promise<string[]> => {
  const { createGateway } = await import('../gateway.js');
  const gateway = await createGateway(context);
  try {
    const proposals = await readProposals(gateway, charges);
    return charges.flatMap(({ id }) => (proposals.get(id)?.charged === charged ? [id] : []));
  } finally {
    await gateway.close();
  }
};

const reportNone = (): true => {
  console.log('There are no presumed charges.');
  return true;
};

const fetchAll = async ({ config, store, log }: GatewayContext, filter: OperatorFilter): Promise<boolean> => {
  const { database } = store;
  const charges = await readPresumedCharges(database, filter);
  if (charges.length === 0) return reportNone();
  await recordRun(database, charges);
  const { createGateway } = await import('../gateway.js');
  const gateway = await createGateway({ config, store, log });
  try {
    const results = await gateway.resolvePresumedCharges(charges);
    const resolutions = await findResolutions(database, charges);
    const resolved = charges.filter(({ id }) => resolutions.has(id));
    const charged = creditsOf(resolved.filter(({ id }) => resolutions.get(id) === 'CHARGED'));
    const open = charges.filter(({ id }) => !resolutions.has(id));
    console.log(
      `Resolved ${resolved.length} of ${charges.length} presumed charges: ${charged} credits were charged, ${creditsOf(resolved) - charged} are returned.`,
    );
    const proposals = await readProposals(gateway, open);
    for (const charge of open) {
      const proposal = proposals.get(charge.id);
      const implied = proposal === undefined ? '' : ` Balance: ${proposal.message}`;
      console.error(`Still open: ${describe(charge)}. ${remedyFor(results.get(charge.id))}${implied}`);
    }
    return open.every(({ id }) => isUnresolvable(results.get(id)));
  } finally {
    await gateway.close();
  }
};

/** The corrections are entries of the ledger; the audit log has who started the run. */
const recordRun = async ({ db }: Database, charges: readonly PresumedCharge[]): Promise<void> => {
  const pending = new Map<string, PresumedCharge[]>();
  for (const charge of charges) {
    const ofWorkspace = pending.get(charge.workspaceId);
    if (ofWorkspace === undefined) pending.set(charge.workspaceId, [charge]);
    else ofWorkspace.push(charge);
  }
  await recordChanges(
    db,
    [...pending].map(([workspaceId, ofWorkspace]) => ({
      by: { operator: 'resolve-presumed-charges', workspaceId },
      change: {
        action: 'presumedCharge.fetch',
        subject: null,
        before: null,
        after: { charges: ofWorkspace.length, credits: creditsOf(ofWorkspace) },
      },
    })),
  );
};

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
      return 'No key of its account is stored: look up the record again with the key that was sent then, store that key as a connection and run this command again, or decide it with --charged or --not-charged.';
    case 'NOT_REBUILT':
      return 'This release cannot rebuild its query from the ledger: look up the record again, or decide it with --charged or --not-charged.';
    case 'REFETCH_COSTS':
      return 'Its provider charges for every response, so another call would cost more and prove nothing: the charge stays presumed. Compare it with the usage that the provider shows, and decide it with resolvePresumedCharge or this command.';
    case 'PROVIDER':
      return result.problem.message;
  }
};

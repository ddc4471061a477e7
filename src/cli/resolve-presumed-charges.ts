import { type Command, InvalidArgumentError, Option } from 'commander';
import { recordChanges } from '../access/audit-log.js';
import { idOfFilter } from '../access/public-ids.js';
import { listWorkspaces } from '../access/workspaces.js';
import type { ResolvedCharge } from '../enrichment/resolve-presumed-charge.js';
import { GatewayError } from '../errors.js';
import { createGateway } from '../gateway.js';
import { expireReservations } from '../ledger/maintenance.js';
import {
  presumedCauses,
  type PresumedCharge,
  type PresumedChargeFilter,
  readPresumedCharges,
} from '../ledger/list-presumed-charges.js';
import { findResolutions, resolveForOperator } from '../ledger/resolve-charges.js';
import type { Database } from '../platform/database.js';
import { parseDurationSeconds, parseInstant } from '../platform/time.js';
import { providerNames } from '../providers/catalogue.js';
import { helpAfter, runCommand } from './run-command.js';

type Options = {
  workspace?: string;
  provider?: string;
  connection?: string;
  cause?: (typeof presumedCauses)[number];
  olderThan?: number;
  from?: Date;
  to?: Date;
  charged?: true;
  notCharged?: true;
  reason?: string;
};

type Filter = PresumedChargeFilter & { workspaceId: string | null };

/** Adds `resolve-presumed-charges`. */
export const addResolvePresumedCharges = (program: Command): void => {
  const command = program
    .command('resolve-presumed-charges')
    .description(
      'Fetches the records of presumed charges again, at no new spend, and confirms or returns each charge. With --charged or --not-charged it decides them without a call.',
    )
    .option('--workspace <workspace>', 'only of this workspace: its name or id')
    .addOption(new Option('--provider <provider>', 'only of this provider').choices([...providerNames]))
    .option('--connection <id>', 'only of calls with this connection: con_…', readConnection)
    .addOption(new Option('--cause <cause>', 'only with this cause').choices([...presumedCauses]))
    .option('--older-than <duration>', 'only of calls that began longer ago, such as 1d or 12h', readDuration)
    .option('--from <instant>', 'only of calls that began at or after this instant', readInstant)
    .option('--to <instant>', 'only of calls that began before this instant', readInstant)
    .addOption(
      new Option('--charged', 'decide that the provider charged: the credits stay counted').conflicts(
        'notCharged',
      ),
    )
    .option('--not-charged', 'decide that the provider did not charge: the credits are returned')
    .option('--reason <text>', 'why it is decided so, kept in the ledger; required with a decision');
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
      return runCommand(async (context) => {
        const { database } = context.store;
        await expireReservations(database.sql);
        const { charged, reason } = options;
        const filter = await toFilter(database, options);
        if (reason !== undefined)
          return await decideAll(database, filter, { charged: charged === true, reason });
        return await fetchAll(context, filter);
      });
    });
};

const readConnection = (text: string): string => {
  const id = idOrNull(text);
  if (id !== null) return id;
  throw new InvalidArgumentError('This is not a connection id: write con_ followed by a UUID.');
};

const idOrNull = (text: string): string | null => {
  try {
    return idOfFilter('connection', text);
  } catch (error) {
    if (error instanceof GatewayError) return null;
    throw error;
  }
};

const readDuration = (text: string): number => {
  const seconds = parseDurationSeconds(text);
  if (seconds !== null && seconds <= 100 * 365 * 86_400) return seconds;
  throw new InvalidArgumentError('This is not a duration: write it as 1d, 12h or 15m.');
};

const readInstant = (text: string): Date => {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  throw new InvalidArgumentError('This is not an instant: write it as 2026-11-01T09:00:00Z.');
};

const toFilter = async (
  database: Database,
  { workspace, provider, connection, cause, olderThan, from, to }: Options,
): Promise<Filter> => {
  const filter = { provider, connectionId: connection, cause, olderThanSeconds: olderThan, from, to };
  if (workspace === undefined) return { ...filter, workspaceId: null };
  const [named, ...others] = (await listWorkspaces(database)).filter(
    ({ id, name }) => id === workspace.toLowerCase() || name === workspace,
  );
  if (named !== undefined && others.length === 0) return { ...filter, workspaceId: named.id };
  throw new GatewayError(
    'NOT_FOUND',
    named === undefined
      ? 'There is no such workspace: name one that "firmable-gateway workspace list" shows.'
      : 'Several workspaces have this name: use the id of one, which "firmable-gateway workspace list" shows.',
  );
};

const decideAll = async (
  database: Database,
  { workspaceId, ...filter }: Filter,
  decision: { charged: boolean; reason: string },
): Promise<boolean> => {
  const all = await readPresumedCharges(database, { workspaceId, ...filter });
  if (all.length === 0) return reportNone();
  let [count, credits, inFlight] = [0, 0n, 0];
  for (const id of new Set(all.map((charge) => charge.workspaceId))) {
    for (;;) {
      const done = await resolveForOperator(database, id, { filter, ...decision });
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

const reportNone = (): true => {
  console.log('There are no presumed charges.');
  return true;
};

const fetchAll = async (
  { config, store, log }: Parameters<typeof createGateway>[0],
  filter: Filter,
): Promise<boolean> => {
  const { database } = store;
  const charges = await readPresumedCharges(database, filter);
  if (charges.length === 0) return reportNone();
  await recordRun(database, charges);
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
    for (const charge of open) {
      console.error(`Still open: ${describe(charge)}. ${remedyFor(results.get(charge.id))}`);
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

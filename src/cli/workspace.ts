import { type Command, InvalidArgumentError } from 'commander';
import { type Plan, plans } from '../access/caller.js';
import { createWorkspace, listWorkspaces, setPlan, type Workspace } from '../access/workspaces.js';
import { type ManagedLimits, limitManagedCredits, managedLimitsStand } from '../budgets/managed-limits.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { countOf } from './printer.js';
import { readLabel } from './read-argument.js';
import { helpAfter, runCommand } from './run-command.js';

/** Adds `workspace` with its subcommands. */
export const addWorkspace = (program: Command): void => {
  const workspace = program
    .command('workspace')
    .description('Lists and creates workspaces, and changes their plans.')
    .addHelpText('after', helpAfter(...examples));
  workspace
    .command('list')
    .description('Lists the workspaces with their ids and plans.')
    .addHelpText('after', helpAfter('firmable-gateway workspace list'))
    .action(list);
  workspace
    .command('create')
    .description('Creates a workspace and prints its first ADMIN token, once.')
    .argument('<name>', 'the name of the workspace', readLabel('name'))
    .option('--plan <plan>', `one of ${plans.join(', ')}`, readPlan, 'PRO')
    .addHelpText('after', helpAfter('firmable-gateway workspace create "Northwind" --plan FREE'))
    .action(create);
  workspace
    .command('plan')
    .description('Changes the plan of a workspace.')
    .argument('<workspace>', 'its name or id')
    .argument('<plan>', `one of ${plans.join(', ')}`, readPlan)
    .addHelpText('after', helpAfter('firmable-gateway workspace plan "Northwind" STARTER'))
    .action(changePlan);
};

const examples = [
  'firmable-gateway workspace list',
  'firmable-gateway workspace create "Northwind" --plan FREE',
  'firmable-gateway workspace plan "Northwind" STARTER',
];

const readPlan = (text: string): Plan => {
  const plan = plans.find((one) => one === text.toUpperCase());
  if (plan !== undefined) return plan;
  throw new InvalidArgumentError(`There is no plan ${text}: choose one of ${plans.join(', ')}.`);
};

const list = (): Promise<void> =>
  runCommand(async ({ config, store: { database } }) => {
    const all = await listWorkspaces(database);
    for (const { id, name, plan } of all) console.log(`${id}  ${plan.padEnd(8)}  ${name}`);
    const limits = plans.map((plan) => `${plan} ${config.managedCredits?.[plan] ?? 'without limit'}`);
    console.log(
      `${countOf(all.length, 'workspace')}. Managed credits a month by plan (MANAGED_CREDITS): ${limits.join(', ')}.`,
    );
    return true;
  });

const create = (name: string, { plan }: { plan: Plan }): Promise<void> =>
  runCommand(async ({ config, store: { database } }) => {
    const limits = await readLimits(database, config.managedCredits);
    const { workspace, secret } = await createWorkspace(database, { name, plan });
    await limitManagedCredits(database, limits, workspace.id, { operator: 'workspace create' });
    console.log(
      `Created the workspace "${workspace.name}" (${workspace.id}). ${describePlan(workspace, limits)}`,
    );
    console.log(`Its ADMIN token, shown only once: ${secret}`);
    return true;
  });

const changePlan = (nameOrId: string, plan: Plan): Promise<void> =>
  runCommand(async ({ config, store: { database } }) => {
    const limits = await readLimits(database, config.managedCredits);
    const workspace = await setPlan(database, nameOrId, plan);
    await limitManagedCredits(database, limits, workspace.id, { operator: 'workspace plan' });
    console.log(`Changed the workspace "${workspace.name}". ${describePlan(workspace, limits)}`);
    return true;
  });

/** Without the gateway's MANAGED_CREDITS the command would remove the limits until the gateway starts again. */
const readLimits = async (database: Database, limits: ManagedLimits | null): Promise<ManagedLimits> => {
  if (limits !== null || !(await managedLimitsStand(database))) return limits ?? {};
  throw new GatewayError(
    'UNAVAILABLE',
    'The gateway limits managed credits by plan, and MANAGED_CREDITS is not set here: run this command with the environment of the gateway. Nothing was changed.',
  );
};

const describePlan = ({ plan }: Workspace, limits: ManagedLimits): string => {
  const limit = limits[plan];
  const own = plan === 'FREE' ? 'no keys of its own' : 'keys of its own';
  const managed =
    limit === undefined ? 'without limit (MANAGED_CREDITS names none)' : `up to ${limit} a month`;
  return `Its plan is ${plan}: ${own}; managed credits ${managed}.`;
};

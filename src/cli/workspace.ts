import { parseArgs } from 'node:util';
import { type Plan, plans } from '../access/caller.js';
import { createWorkspace } from '../access/create-workspace.js';
import { listWorkspaces } from '../access/list-workspaces.js';
import { setPlan } from '../access/set-plan.js';
import type { Workspace } from '../access/workspace.js';
import { limitManagedCredits, type ManagedLimits } from '../budgets/limit-managed-credits.js';
import { managedLimitsStand } from '../budgets/managed-limits-stand.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { runCommand } from './run-command.js';

const usage = `Say what to do with workspaces:
  npm run workspace -- list
  npm run workspace -- create <name> [--plan ${plans.join('|')}]
  npm run workspace -- plan <name or id> <${plans.join('|')}>`;

await runCommand(async ({ config, store: { database } }) => {
  const { verb, words, plan } = readArguments(process.argv.slice(2));
  const limits = config.managedCredits ?? {};
  if (config.managedCredits === null && verb !== 'list') await refuseWithoutLimits(database);
  const [first, second, ...more] = words;
  if (verb === 'list' && first === undefined) return await list(database, limits);
  if (verb === 'create' && first !== undefined && second === undefined) {
    return await create(database, limits, { name: first, plan: plan === undefined ? 'PRO' : readPlan(plan) });
  }
  if (verb === 'plan' && first !== undefined && second !== undefined && more.length === 0) {
    return await change(database, limits, first, readPlan(second));
  }
  console.error(usage);
  return 1;
});

/** A command from another shell than the gateway's would take limits away until the gateway starts again. */
async function refuseWithoutLimits(database: Database): Promise<void> {
  if (!(await managedLimitsStand(database))) return;
  throw new GatewayError(
    'INVALID_INPUT',
    'The gateway limits managed credits by plan, and MANAGED_CREDITS is not set here: run this command with the environment of the gateway. Nothing was changed.',
  );
}

async function list(database: Database, limits: ManagedLimits): Promise<number> {
  const all = await listWorkspaces(database);
  for (const { id, name, plan } of all) console.log(`${id}  ${plan.padEnd(8)}  ${name}`);
  console.log(`${all.length} workspaces. ${limitsInWords(limits)}`);
  return 0;
}

async function create(
  database: Database,
  limits: ManagedLimits,
  input: { name: string; plan: Plan },
): Promise<number> {
  const { workspace, secret } = await createWorkspace(database, input);
  await limitManagedCredits(database, limits, workspace.id);
  console.log(`Made the workspace "${workspace.name}" (${workspace.id}). ${standing(workspace, limits)}`);
  console.log(`Its ADMIN token, shown this once: ${secret}`);
  return 0;
}

async function change(
  database: Database,
  limits: ManagedLimits,
  nameOrId: string,
  plan: Plan,
): Promise<number> {
  const workspace = await setPlan(database, nameOrId, plan);
  await limitManagedCredits(database, limits, workspace.id);
  console.log(`Changed the workspace "${workspace.name}". ${standing(workspace, limits)}`);
  return 0;
}

function readArguments(given: string[]): {
  verb: string | undefined;
  words: string[];
  plan: string | undefined;
} {
  try {
    const { values, positionals } = parseArgs({
      args: given,
      allowPositionals: true,
      options: { plan: { type: 'string' } },
    });
    const [verb, ...words] = positionals;
    return { verb, words, plan: values.plan };
  } catch {
    return { verb: undefined, words: [], plan: undefined };
  }
}

function readPlan(written: string): Plan {
  const plan = plans.find((one) => one === written.toUpperCase());
  if (plan !== undefined) return plan;
  throw new GatewayError('INVALID_INPUT', `There is no plan ${written}: choose one of ${plans.join(', ')}.`);
}

function standing({ plan }: Workspace, limits: ManagedLimits): string {
  const limit = limits[plan];
  const own = plan === 'FREE' ? 'no keys of its own' : 'keys of its own';
  const managed =
    limit === undefined ? 'without limit (MANAGED_CREDITS names none)' : `up to ${limit} a month`;
  return `It is on the plan ${plan}: ${own}; managed credits ${managed}.`;
}

function limitsInWords(limits: ManagedLimits): string {
  const parts = plans.map((plan) => `${plan} ${limits[plan] ?? 'without limit'}`);
  return `Managed credits a month by plan (MANAGED_CREDITS): ${parts.join(', ')}.`;
}

import { type Command, InvalidArgumentError } from 'commander';
import { type Caller, type Role, roles } from '../access/caller.js';
import { toPublicId } from '../access/public-ids.js';
import { unrestricted } from '../access/scopes.js';
import { findWorkspace } from '../access/workspaces.js';
import type { Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { type Clock, systemClock } from '../platform/time.js';
import { overlapSecondsMax, revokeToken, rotateToken, updateToken } from '../tokens/change-token.js';
import { createToken } from '../tokens/create-token.js';
import { getDailyUse } from '../tokens/daily-use.js';
import { findToken, listTokens } from '../tokens/read-tokens.js';
import type { Token } from '../tokens/token.js';
import { countOf } from './printer.js';
import { readLabel } from './read-argument.js';
import { helpAfter, runCommand } from './run-command.js';
import { addTokenOptions, readTokenOptions, type TokenOptions } from './token-options.js';
import { describeToken } from './describe-token.js';

type InWorkspace = { workspace: string };

/** Adds `token` with its subcommands. */
export const addToken = (program: Command): void => {
  const token = program
    .command('token')
    .description('Lists, creates, changes, rotates and revokes the tokens of a workspace.')
    .addHelpText('after', helpAfter(...Object.values(examples)));
  const add = (name: keyof typeof examples, description: string): Command =>
    token
      .command(name)
      .description(description)
      .requiredOption('--workspace <name or id>', 'the workspace')
      .addHelpText('after', helpAfter(examples[name]));

  add('list', 'Lists the tokens with their scopes, limits and use.').action(list);
  addTokenOptions(
    add('create', 'Creates a token and prints its secret, once.')
      .argument('<name>', 'a display name', readLabel('name'))
      .requiredOption('--role <role>', `one of ${roles.join(', ')}`, readRole),
  ).action(create);
  addTokenOptions(
    add('update', 'Changes a token. What is left out stays.')
      .argument('<token>', 'its name or id')
      .option('--name <name>', 'another display name', readLabel('name')),
  ).action(update);
  add('rotate', 'Gives a token a new secret and prints it, once.')
    .argument('<token>', 'its name or id')
    .option(
      '--overlap-seconds <seconds>',
      `how long the secret before it stays valid, up to ${overlapSecondsMax}`,
      readSeconds,
      0,
    )
    .action(rotate);
  add('revoke', 'Revokes a token with all its secrets.').argument('<token>', 'its name or id').action(revoke);
};

const examples = {
  list: 'firmable-gateway token list --workspace default',
  create:
    'firmable-gateway token create Clay --workspace default --role MEMBER --operations COMPANY --credits-per-day 1000',
  update: 'firmable-gateway token update Clay --workspace default --lookups-per-day 5000 --expires-at never',
  rotate: 'firmable-gateway token rotate Clay --workspace default --overlap-seconds 86400',
  revoke: 'firmable-gateway token revoke Clay --workspace default',
};

const readRole = (text: string): Role => {
  const role = roles.find((one) => one === text.toUpperCase());
  if (role !== undefined) return role;
  throw new InvalidArgumentError(`There is no role ${text}: choose one of ${roles.join(', ')}.`);
};

const readSeconds = (text: string): number => {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number of seconds.');
};

type Context = { deps: { database: Database; clock: Clock }; operator: Caller };

/** Runs a command with the rights of an ADMIN of the workspace. */
const inWorkspace = (
  command: keyof typeof examples,
  { workspace: nameOrId }: InWorkspace,
  work: (context: Context) => Promise<void>,
) =>
  runCommand(async ({ store: { database } }) => {
    const { id, name, plan } = await findWorkspace(database.db, nameOrId);
    const operator: Caller = {
      workspaceId: id,
      workspaceName: name,
      plan,
      tokenId: newId(),
      tokenName: 'operator',
      role: 'ADMIN',
      workflow: null,
      ...unrestricted,
      from: { operator: `token ${command}` },
    };
    await work({ deps: { database, clock: systemClock }, operator });
    return true;
  });

const list = (options: InWorkspace): Promise<void> =>
  inWorkspace('list', options, async ({ deps, operator }) => {
    let listed = 0;
    let after: string | null = null;
    do {
      const page = await listTokens(deps, operator, { first: 100, after });
      const use = await getDailyUse(
        deps,
        operator,
        page.items.map(({ id }) => id),
      );
      for (const token of page.items) {
        console.log(describeToken(token, deps.clock.now(), use.get(token.id) ?? null));
      }
      listed += page.items.length;
      after = page.hasNextPage ? (page.cursors.at(-1) ?? null) : null;
    } while (after !== null);
    console.log(`${countOf(listed, 'token')} in the workspace "${operator.workspaceName}". Days are UTC.`);
  });

const create = (name: string, { role, ...options }: InWorkspace & TokenOptions & { role: Role }) =>
  inWorkspace('create', options, async ({ deps, operator }) => {
    const input = await readTokenOptions(deps, operator, options);
    const { token, secret } = await createToken(deps, operator, { name, role, ...input });
    console.log(`Created ${describeToken(token, deps.clock.now(), null)}`);
    printSecret(secret);
  });

const update = (nameOrId: string, { name, ...options }: InWorkspace & TokenOptions & { name?: string }) =>
  inWorkspace('update', options, async ({ deps, operator }) => {
    const { id } = await findToken(deps, operator, nameOrId);
    const input = await readTokenOptions(deps, operator, options);
    const token = await updateToken(deps, operator, { id, name, ...input });
    console.log(`Changed ${describeToken(token, deps.clock.now(), null)}`);
    console.log('Running instances apply it within a second.');
  });

const rotate = (nameOrId: string, { overlapSeconds, ...options }: InWorkspace & { overlapSeconds: number }) =>
  inWorkspace('rotate', options, async ({ deps, operator }) => {
    const { id } = await findToken(deps, operator, nameOrId);
    const { token, secret } = await rotateToken(deps, operator, { id, overlapSeconds });
    const endsAt = token.previousEndsAt?.toISOString();
    console.log(
      `Rotated ${nameOf(token)}. ${endsAt === undefined ? 'The secret before this one is refused within a second.' : `The secret before this one is valid until ${endsAt}.`}`,
    );
    printSecret(secret);
  });

const revoke = (nameOrId: string, options: InWorkspace) =>
  inWorkspace('revoke', options, async ({ deps, operator }) => {
    const { id } = await findToken(deps, operator, nameOrId);
    const token = await revokeToken(deps, operator, id);
    console.log(`Revoked ${nameOf(token)}. Running instances refuse it within a second.`);
  });

const nameOf = ({ name, id }: Token): string => `the token "${name}" (${toPublicId('token', id)})`;

const printSecret = (secret: string): void => console.log(`Its secret, shown only once: ${secret}`);

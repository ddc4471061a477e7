import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { alertDestinations, alertEvent, budgets, connections } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { authorize, type Caller } from '../access/caller.js';
import { toPublicId } from '../access/public-ids.js';
import type { Vault } from '../connections/vault.js';
import { GatewayError } from '../errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import { withUniqueName } from '../platform/database-errors.js';
import { isId, newId } from '../platform/ids.js';
import { parseInput } from '../platform/parse-input.js';
import {
  type Destination,
  destinationColumns,
  destinationNotFound,
  factsOfDestination,
  isDestination,
  webhookSecretContext,
} from './destination.js';
import {
  type CreateDestinationInput,
  createDestinationInput,
  type UpdateDestinationInput,
  updateDestinationInput,
} from './destination-input.js';
import type { AlertSender } from './send-message.js';
import { newWebhookSecret } from './signature.js';
import { targetOf } from './destination-target.js';

type Deps = {
  database: Pick<Database, 'db'>;
  vault: Pick<Vault, 'seal'>;
  alertSender: Pick<AlertSender, 'canEmail' | 'checksHost'>;
};

/** `webhookSecret` is returned here only; null unless the kind is WEBHOOK. */
export type DestinationCreated = { destination: Destination; webhookSecret: string | null };

const destinationsMax = 50;

/**
 * Creates a destination for alerts from now on. Throws FORBIDDEN, INVALID_INPUT with the field (also for an address that
 * webhooks are not sent to, and for EMAIL where the operator has set no SMTP server), NOT_FOUND (a budget or a connection) or
 * NAME_TAKEN.
 */
export const createDestination = async (
  deps: Deps,
  caller: Caller,
  input: CreateDestinationInput,
): Promise<DestinationCreated> => {
  authorize(caller, 'manageAlerts');
  const { kind, name, enabled, events, ...wanted } = parseInput(createDestinationInput, input);
  const { workspaceId } = caller;
  const { db } = deps.database;
  const place = { workspaceId, id: newId() };
  const target = await targetOf(deps, place, kind, wanted);
  const subjects = await subjectsOf(db, workspaceId, wanted);
  if ((await db.$count(alertDestinations, eq(alertDestinations.workspaceId, workspaceId))) >= destinationsMax)
    throw tooMany();
  const webhookSecret = kind === 'WEBHOOK' ? newWebhookSecret() : null;
  const secretSealed =
    webhookSecret === null ? null : deps.vault.seal(webhookSecretContext(place), webhookSecret);
  const values = {
    ...place,
    kind,
    name,
    ...target,
    ...subjects,
    secretSealed,
    enabled: enabled ?? true,
    events: events ?? [...alertEvent.enumValues],
  };
  const destination = await withUniqueName(uniqueName(name), () =>
    db.transaction(async (tx) => {
      const created = oneOf(await tx.insert(alertDestinations).values(values).returning(destinationColumns));
      await recordChange(tx, caller, {
        action: 'alertDestination.create',
        subject: toPublicId('destination', created.id),
        before: null,
        after: factsOfDestination(created),
      });
      return created;
    }),
  );
  return { destination, webhookSecret };
};

/**
 * Changes a destination; what is omitted stays. A changed URL keeps the secret. What is shown of a secret URL leaves it as it
 * is. Deliveries that wait go to the new address. Throws as `createDestination`.
 */
export const updateDestination = async (
  deps: Deps,
  caller: Caller,
  input: UpdateDestinationInput,
): Promise<Destination> => {
  authorize(caller, 'manageAlerts');
  const { id, name, enabled, events, ...wanted } = parseInput(updateDestinationInput, input);
  const { workspaceId } = caller;
  const { db } = deps.database;
  if (!isId(id)) throw destinationNotFound();
  const [before] = await db.select().from(alertDestinations).where(isDestination(workspaceId, id));
  if (before === undefined) throw destinationNotFound();
  const changesTarget = wanted.url != null || wanted.recipients != null;
  const keepsUrl = wanted.url != null && wanted.url === before.url && before.urlSealed !== null;
  const target =
    !changesTarget || keepsUrl
      ? {}
      : await targetOf(deps, { workspaceId, id: before.id }, before.kind, wanted);
  const subjects = await subjectsOf(db, workspaceId, wanted);
  const changes = {
    ...target,
    ...subjects,
    ...(name === undefined ? {} : { name }),
    ...(enabled == null ? {} : { enabled }),
    ...(events == null ? {} : { events }),
    updatedAt: sql`now()`,
  };
  return withUniqueName(uniqueName(name ?? before.name), () =>
    db.transaction(async (tx) => {
      const isOurs = isDestination(workspaceId, before.id);
      const present = oneOf(
        await tx.select(destinationColumns).from(alertDestinations).where(isOurs).for('update'),
      );
      const changed = oneOf(
        await tx.update(alertDestinations).set(changes).where(isOurs).returning(destinationColumns),
      );
      await recordChange(tx, caller, {
        action: 'alertDestination.update',
        subject: toPublicId('destination', changed.id),
        before: factsOfDestination(present),
        after: {
          ...factsOfDestination(changed),
          // What is shown of another secret URL, or the number of other recipients, may be the same.
          ...(Object.keys(target).length > 0 ? { targetReplaced: true } : {}),
        },
      });
      return changed;
    }),
  );
};

/** Deletes a destination with its deliveries: nothing more is sent there. Throws FORBIDDEN or NOT_FOUND. */
export const deleteDestination = async (
  { database: { db } }: Pick<Deps, 'database'>,
  caller: Caller,
  id: string,
): Promise<{ id: string }> => {
  authorize(caller, 'manageAlerts');
  if (!isId(id)) throw destinationNotFound();
  return await db.transaction(async (tx) => {
    const isOurs = isDestination(caller.workspaceId, id);
    const deleted = oneOf(await tx.delete(alertDestinations).where(isOurs).returning(destinationColumns));
    await recordChange(tx, caller, {
      action: 'alertDestination.delete',
      subject: toPublicId('destination', deleted.id),
      before: factsOfDestination(deleted),
      after: null,
    });
    return { id: deleted.id };
  });
};

const subjectsMax = 100;

/** The ids of budgets and accounts that the input names; null for all, nothing for an omitted list. */
const subjectsOf = async (
  db: Pick<Drizzle, 'select'>,
  workspaceId: string,
  wanted: { budgetIds?: string[] | null | undefined; connectionIds?: string[] | null | undefined },
) => {
  const { budgetIds, connectionIds } = wanted;
  const rowsOf = async (
    table: typeof budgets | typeof connections,
    value: typeof budgets.id | typeof connections.accountId,
    ids: string[],
    field: string,
  ): Promise<string[]> => {
    if (ids.length === 0 || ids.length > subjectsMax)
      throw new GatewayError(
        'INVALID_INPUT',
        `The ${field} are a list of 1 to ${subjectsMax}: name some, or send null for all.`,
        { field: [field] },
      );
    const isWanted: SQL | undefined = and(
      eq(table.workspaceId, workspaceId),
      inArray(table.id, ids.filter(isId)),
      isNull(table.deletedAt),
    );
    const rows = await db.select({ id: table.id, value }).from(table).where(isWanted);
    const missing = ids.findIndex((id) => !rows.some((row) => row.id === id));
    if (missing < 0) return [...new Set(rows.map((row) => row.value))];
    const noun = field.slice(0, -1);
    throw new GatewayError(
      'NOT_FOUND',
      `This workspace has no such ${noun}: list the ${field} and name one of them.`,
      { field: [field, `${missing}`] },
    );
  };
  return {
    ...(budgetIds === undefined
      ? {}
      : { budgetIds: budgetIds && (await rowsOf(budgets, budgets.id, budgetIds, 'budgets')) }),
    ...(connectionIds === undefined
      ? {}
      : {
          accountIds:
            connectionIds && (await rowsOf(connections, connections.accountId, connectionIds, 'connections')),
        }),
  };
};

const uniqueName = (name: string) => ({
  noun: 'alert destination',
  name,
  constraint: 'alert_destinations_name',
});

const oneOf = ([row]: Destination[]): Destination => {
  if (row === undefined) throw destinationNotFound();
  return row;
};

const tooMany = (): GatewayError =>
  new GatewayError(
    'INVALID_INPUT',
    `A workspace has at most ${destinationsMax} alert destinations: change or delete one of them.`,
  );

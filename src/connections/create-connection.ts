import { and, eq } from 'drizzle-orm';
import * as z from 'zod';
import { connections } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { type Caller, requireByokPlan } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import { withUniqueName } from '../platform/database-errors.js';
import { isId, newId } from '../platform/ids.js';
import { parseInput } from '../platform/parse-input.js';
import { accountOfKey } from './account-of-key.js';
import {
  authorizeConnection,
  type Connection,
  connectionChange,
  connectionColumns,
  connectionName,
  connectionNotFound,
  hintOf,
  oneConnection,
} from './connection.js';
import { clearDefault, hasConnection, lockDefaults, replacing } from './default-connection.js';
import type { ProviderKeys } from './provider-keys.js';
import type { Vault } from './vault.js';
import { checkKey } from './verify-key.js';

export type CreateConnectionInput = {
  provider: string;
  name: string;
  /** As pasted: a leading `Bearer ` and quotes around it are stripped. */
  key: string;
  makeDefault?: boolean | null | undefined;
  /** Verifies the key with the provider first, at no cost; true by default. */
  verify?: boolean | null | undefined;
  /** The id of a connection, deleted ones included, that has the same provider account as this key. */
  sameAccountAs?: string | null | undefined;
};

/**
 * Stores a key under a name. The first connection of a provider becomes its default. A key known in this workspace
 * gets the account it had, so what that account has unlocked stays free.
 *
 * Throws FORBIDDEN, PLAN_REQUIRED, INVALID_INPUT, INVALID_KEY_FORMAT, KEY_REFUSED or PLAN_WITHOUT_API (then nothing is
 * stored), NAME_TAKEN, NOT_FOUND for `sameAccountAs`, ACCOUNT_CONFLICT. When the provider cannot be reached for the
 * check, the key is stored with that problem.
 */
export const createConnection = async (
  deps: { database: Database; vault: Vault; providerKeys: ProviderKeys },
  caller: Caller,
  input: CreateConnectionInput,
): Promise<Connection> => {
  authorizeConnection(caller, null);
  requireByokPlan(caller);
  const { provider, name, key: pasted, makeDefault, verify, sameAccountAs } = parseInput(inputSchema, input);
  const { key, sandbox } = deps.providerKeys.parse(provider, pasted);
  const { workspaceId } = caller;
  const sameAs =
    typeof sameAccountAs === 'string'
      ? await accountOfConnection(deps.database.db, workspaceId, sameAccountAs, { provider, sandbox })
      : null;
  const check = await checkKey(deps.providerKeys, { provider, key, verify });
  const fingerprint = await deps.vault.fingerprint(provider, key);
  const id = newId();

  return withUniqueName({ noun: 'connection', name, constraint: 'connections_name' }, () =>
    deps.database.db.transaction(async (tx) => {
      await lockDefaults(tx, workspaceId);
      const isDefault = makeDefault === true || !(await hasConnection(tx, workspaceId, provider));
      const replaced = isDefault ? await clearDefault(tx, { workspaceId, provider, exceptId: id }) : null;
      const accountId = await accountOfKey(tx, { workspaceId, provider, fingerprint }, sameAs);
      const rows = await tx
        .insert(connections)
        .values({
          workspaceId,
          id,
          provider,
          name,
          accountId,
          keySealed: deps.vault.seal({ workspaceId, kind: 'connection', id }, key),
          keyHint: hintOf(key),
          sandbox,
          isDefault,
          ...check,
        })
        .returning(connectionColumns);
      const created = oneConnection(rows);
      await recordChange(
        tx,
        caller,
        connectionChange('connection.create', null, created, replacing(replaced)),
      );
      return created;
    }),
  );
};

const inputSchema = z.object({
  provider: z.string('The provider is missing: name one.'),
  name: connectionName,
  key: z
    .string('The key is missing: paste it.')
    .max(1_000, 'This is too long for a key: paste the key alone.'),
  makeDefault: z.boolean().nullish(),
  verify: z.boolean().nullish(),
  sameAccountAs: z.string().nullish(),
});

const accountOfConnection = async (
  db: Pick<Drizzle, 'select'>,
  workspaceId: string,
  id: string,
  wanted: { provider: string; sandbox: boolean },
): Promise<string> => {
  const [row] = isId(id)
    ? await db
        .select({
          accountId: connections.accountId,
          provider: connections.provider,
          sandbox: connections.sandbox,
        })
        .from(connections)
        .where(and(eq(connections.workspaceId, workspaceId), eq(connections.id, id)))
    : [];
  if (row === undefined) throw connectionNotFound(['sameAccountAs']);
  if (row.provider !== wanted.provider) {
    throw sameAsFault(
      'INVALID_INPUT',
      `That connection is one for ${row.provider}: name one for ${wanted.provider}.`,
    );
  }
  // What the sandbox gave away was never bought: in the same account it would count as paid.
  if (row.sandbox !== wanted.sandbox) {
    throw sameAsFault(
      'ACCOUNT_CONFLICT',
      'A sandbox key and a real one are never one account: leave this out.',
    );
  }
  return row.accountId;
};

const sameAsFault = (code: 'INVALID_INPUT' | 'ACCOUNT_CONFLICT', message: string): GatewayError =>
  new GatewayError(code, message, { field: ['sameAccountAs'] });

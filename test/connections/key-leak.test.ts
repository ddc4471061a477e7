import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { revokeToken } from '../../src/tokens/change-token.js';
import { createToken } from '../../src/tokens/create-token.js';
import { ensureWorkspace } from '../../src/access/ensure-workspace.js';
import { createCallerFinder } from '../../src/access/find-caller.js';
import { createCredentialResolver } from '../../src/connections/resolve-credential.js';
import { deleteConnection } from '../../src/connections/change-connection.js';
import { getConnections, listConnections } from '../../src/connections/read-connections.js';
import { connectionKeys, rotateEncryptionKeys } from '../../src/connections/rotate-encryption-keys.js';
import { rotateConnectionKey } from '../../src/connections/rotate-connection-key.js';
import { verifyConnection } from '../../src/connections/verify-key.js';
import { systemClock } from '../../src/platform/time.js';
import { createTestDatabase } from '../support/database.js';
import { dumpTables, facesOf } from '../support/dump.js';
import { connect, connectionsOf, newKey } from './setup.js';

it('keeps keys and tokens out of tables, results and errors after every operation', async () => {
  const { database, close } = await createTestDatabase();
  const secrets = [randomBytes(32)];
  const deps = connectionsOf(database, secrets);
  const keys = [newKey(), newKey(), newKey(), newKey('refused'), newKey('away')] as const;
  const results: unknown[] = [];
  const errors: unknown[] = [];
  const collect = async (work: Promise<unknown>): Promise<void> => {
    try {
      results.push(await work);
    } catch (error) {
      errors.push(error);
    }
  };

  const { secret, bootstrap } = await ensureWorkspace({ database }, { bootstrapToken: null });
  const admin = bootstrap!;
  const made = await createToken({ database, clock: systemClock }, admin, { name: 'a', role: 'MEMBER' });
  await collect(createCallerFinder({ database, clock: systemClock })(made.secret));
  await collect(revokeToken({ database }, admin, made.token.id));
  await collect(createCallerFinder({ database, clock: systemClock })(made.secret));

  const { id } = await connect(deps, admin, { key: keys[0], name: 'one' });
  await collect(connect(deps, admin, { key: keys[1], name: 'one' }));
  await collect(connect(deps, admin, { key: keys[3], name: 'two' }));
  await collect(connect(deps, admin, { key: keys[4], name: 'three' }));
  await collect(connect(deps, admin, { key: `${keys[1]}!`, name: 'four' }));
  await collect(rotateConnectionKey(deps, admin, { id, key: keys[2], account: 'SAME' }));
  await collect(rotateConnectionKey(deps, admin, { id, key: keys[4], account: 'SAME' }));
  await collect(verifyConnection(deps, admin, id));
  const choose = createCredentialResolver(deps);
  await choose(admin, { provider: 'FIRMABLE', callerKey: keys[1], connectionId: null });
  await collect(choose(admin, { provider: 'FIRMABLE', callerKey: keys[1], connectionId: made.token.id }));
  await collect(
    rotateEncryptionKeys(connectionsOf(database, [randomBytes(32), ...secrets]), [connectionKeys]),
  );
  await collect(listConnections(deps, admin, { first: 100, after: null }));
  await collect(deleteConnection(deps, admin, id));
  await collect(getConnections(deps, admin, [id]).then((found) => [...found]));

  const dump = await dumpTables(database);
  const output = [JSON.stringify(results), ...errors.map(everything)].join('\n');
  expect(errors).toHaveLength(6);
  expect(dump).toContain(id);
  for (const canary of [...keys, secret!, made.secret, ...secrets.map((one) => one.toString('hex'))]) {
    for (const face of facesOf(canary)) {
      expect(dump).not.toContain(face);
      expect(output).not.toContain(face);
    }
  }
  await close();
});

/** What a careless log would print of an error: its message, stack, fields, and all of its causes'. */
const everything = (error: unknown): string =>
  error instanceof Error
    ? `${error.stack} ${JSON.stringify(Object.entries(error))} ${everything(error.cause)}`
    : JSON.stringify(error);

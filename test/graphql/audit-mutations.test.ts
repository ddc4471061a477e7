import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditActions } from '../../src/access/audit-log.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { auditRows } from '../access/audit-rows.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';
import { storeJob } from '../jobs/setup.js';
import { openLedger, requestFor } from '../ledger/setup.js';
import { auditedChanges } from './audit-changes.js';
import type { AuditedChange } from './audited-change.js';

let gateway: TestGateway;
let ledger: Ledger;
let workspaceId = '';
beforeAll(async () => {
  gateway = await startGateway();
  ledger = openLedger(gateway.context.database);
  ({ workspaceId } = await gateway.context.findCaller(gateway.token));
});
afterAll(async () => {
  await ledger.close(1_000);
  await gateway.close();
});

const presume = async (lookupKey: string): Promise<string> => {
  const { tokenId } = await gateway.context.findCaller(gateway.token);
  const request = requestFor({ workspaceId, accountId: workspaceId }, lookupKey, {
    credits: 9n,
    refetchCredits: 9n,
    labels: { provider: 'APOLLO', tokenId, connectionId: null },
  });
  await ledger.reserve(request);
  await ledger.settle({
    reservation: request,
    outcome: 'UNKNOWN',
    problem: 'PROVIDER_TIMEOUT',
    latencyMs: 5,
    charged: null,
    presumedCause: 'TIMEOUT',
  });
  return `ent_${request.id}`;
};

/** A job whose only row has failed. */
const failJob = async (): Promise<string> => {
  const caller = await gateway.context.findCaller(gateway.token);
  const { sql } = gateway.context.database;
  const id = await storeJob(sql, { caller, rows: [['failed.example']], start: false });
  await sql`
    insert into job_rows (workspace_id, job_id, number, outcome, charge, credits, saved)
    values (${workspaceId}, ${id}, 1, 'FAILED', 'NONE', 0, 0)`;
  await sql`update job_chunks set state = 'DONE' where job_id = ${id}`;
  await sql`
    update jobs set state = 'COMPLETED', pause_code = null, failed = 1, ended_at = now() where id = ${id}`;
  return `job_${id}`;
};

const rows = () => auditRows(gateway.context.database, workspaceId);

const send = async ({ mutation, send: write }: AuditedChange, ids: Record<string, string>, key: string) => {
  const { body } = await gateway.post(
    `mutation { ${mutation}${write(ids)} }`,
    {},
    { 'idempotency-key': key, 'user-agent': 'audit-test/1.0', 'x-request-id': key },
  );
  return JSON.stringify(body);
};

/** Sends it, and throws if it is refused. */
const succeed = async (change: AuditedChange, ids: Record<string, string>, key: string): Promise<string> => {
  const text = await send(change, ids, key);
  if (text.includes('"userErrors":[]') && !text.includes('"errors":')) return text;
  throw new Error(`${change.mutation}: ${text}`);
};

it('has a change of every mutation of the API in this test', () => {
  const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
  const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {}).toSorted();
  expect([...new Set(auditedChanges.map(({ mutation }) => mutation))].toSorted()).toEqual(mutations);
});

it('has every action of the audit log in this test, in another one, or in a command', () => {
  const operators = [
    'database.restore',
    'encryptionKeys.rotate',
    'entries.archive',
    'entries.restore',
    'presumedCharge.fetch',
    'workspace.create',
    'workspace.setPlan',
  ];
  const known = new Set<string | null>([...operators, ...auditedChanges.map(({ action }) => action)]);
  expect(auditActions.filter((action) => !known.has(action))).toEqual([]);
});

it('records each mutation once, with its origin and without secrets, when it is sent, replayed and sent again', async () => {
  const ids: Record<string, string> = {
    charge: await presume('company:one'),
    failedJob: await failJob(),
  };
  await presume('company:two');
  for (const [at, change] of auditedChanges.entries()) {
    const before = await rows();
    const key = `audit-${at}`;
    const text = await succeed(change, ids, key);
    const made = change.makes && new RegExp(`${change.makes.prefix}_[0-9a-f-]{36}`).exec(text)?.[0];
    const written = (await rows()).slice(before.length);
    expect([change.mutation, ...written.map(({ action }) => action)]).toEqual(
      [change.mutation, change.action].filter((one) => one !== null),
    );
    for (const row of written) {
      expect(row).toMatchObject({
        actor: 'bootstrap',
        role: 'ADMIN',
        requestId: key,
        userAgent: 'audit-test/1.0',
        remoteAddress: expect.stringMatching(/127\.0\.0\.1|::1/),
        account: null,
        host: null,
      });
      expect(row.subject).toBe(made ?? row.subject);
      expect(row.before !== null || row.after !== null).toBe(true);
    }
    // A replay is answered from the stored response, and changes nothing.
    expect(await send(change, ids, key)).toBe(text);
    expect(await rows()).toHaveLength(before.length + written.length);
    // The same again is another change only if it changes something: else it is refused, or has no effect.
    await send(change, ids, `again-${at}`);
    const again = (await rows()).slice(before.length + written.length);
    expect([change.mutation, again.length]).toEqual([change.mutation, change.repeats ? 1 : 0]);
    if (change.makes !== undefined && made !== undefined) ids[change.makes.id] = made;
  }

  const text = JSON.stringify(await rows());
  expect(text).toContain('https://hooks.example/…');
  for (const secret of ['fbl_sandbox', 'canary', 'jane', 'fp000000067890', 'company:one', gateway.token]) {
    expect(text).not.toContain(secret);
  }
});

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Change, recordChange } from '../../src/access/audit-log.js';
import type { Caller } from '../../src/access/caller.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { auditRows } from './audit-rows.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const admin = async (): Promise<Caller> => (await createWorkspace(store.database)).as.ADMIN;
const renamed = (before: string, after: string): Change => ({
  action: 'connection.rename',
  subject: 'con_1',
  before: { name: before },
  after: { name: after },
});

describe('recordChange', () => {
  it('writes who, when, from where, what, before and after when a caller changes something', async () => {
    const caller = await admin();
    const from = { remoteAddress: '203.0.113.7', requestId: 'req-1', userAgent: 'crm/1.2' };
    await recordChange(store.database.db, { ...caller, from }, renamed('A', 'B'));
    expect(await auditRows(store.database, caller.workspaceId)).toMatchObject([
      {
        action: 'connection.rename',
        subject: 'con_1',
        tokenId: caller.tokenId,
        actor: 'admin',
        role: 'ADMIN',
        ...from,
        account: null,
        host: null,
        before: { name: 'A' },
        after: { name: 'B' },
      },
    ]);
  });

  it('writes the same row when it is given a transaction of the other client', async () => {
    const caller = await admin();
    const change: Change = { ...renamed('é', '"quoted" \\ ünïcode'), before: null };
    await recordChange(store.database.db, caller, change);
    await store.database.sql.begin((tx) => recordChange(tx, caller, change));
    const [one, other] = await auditRows(store.database, caller.workspaceId);
    expect(other).toEqual({ ...one, id: other?.id, occurredAt: other?.occurredAt });
    expect(other).toMatchObject({ before: null, after: { name: '"quoted" \\ ünïcode' } });
  });

  it('writes the command, the account and the host when the operator changes something', async () => {
    const { workspaceId } = await admin();
    await recordChange(store.database.db, { operator: 'workspace plan', workspaceId }, renamed('A', 'B'));
    const [row] = await auditRows(store.database, workspaceId);
    expect(row).toMatchObject({ actor: 'workspace plan', tokenId: null, role: null, remoteAddress: null });
    expect(row?.account).toMatch(/./);
    expect(row?.host).toMatch(/./);
  });

  it('writes nothing when the fields are the same before and after', async () => {
    const caller = await admin();
    const at = '2026-01-01T00:00:00.000Z';
    await recordChange(store.database.db, caller, {
      ...renamed('A', 'A'),
      before: { name: 'A', credits: 5n, at: new Date(at), left: undefined },
      after: { name: 'A', credits: 5n, at: new Date(at) },
    });
    expect(await auditRows(store.database, caller.workspaceId)).toEqual([]);
  });

  it('leaves no row when the transaction is rolled back', async () => {
    const caller = await admin();
    const failing = store.database.db.transaction(async (tx) => {
      await recordChange(tx, caller, renamed('A', 'B'));
      throw new Error('the change failed');
    });
    await expect(failing).rejects.toThrow('the change failed');
    expect(await auditRows(store.database, caller.workspaceId)).toEqual([]);
  });

  it('bounds texts and lists, and keeps control characters out, when they are hostile', async () => {
    const caller = await admin();
    const hostile = `a\nb\r\0\u{2028}\u{202e}${'x'.repeat(1_000)}\u{d800}`;
    const from = { remoteAddress: hostile, requestId: hostile, userAgent: hostile };
    await recordChange(
      store.database.db,
      { ...caller, tokenName: hostile, from },
      {
        ...renamed('A', hostile),
        after: { name: hostile, list: Array.from({ length: 5_000 }, () => 'item') },
      },
    );
    const [row] = await auditRows(store.database, caller.workspaceId);
    for (const text of [row?.actor, row?.remoteAddress, row?.requestId, row?.userAgent]) {
      expect(text?.length).toBeLessThanOrEqual(500);
      expect(text).toMatch(/^a\u{fffd}b\u{fffd}{4}x+…$/u);
    }
    const after = JSON.stringify(row?.after);
    expect(after).toContain('… and 4900 more');
    expect(after.length).toBeLessThan(16_384);
  });

  it('stores only the size when the facts are more than 16 KB', async () => {
    const caller = await admin();
    const list = Array.from({ length: 100 }, (_, at) => `${at} ${'y'.repeat(400)}`);
    await recordChange(store.database.db, caller, { ...renamed('A', 'B'), after: { list } });
    const [row] = await auditRows(store.database, caller.workspaceId);
    expect(row?.after).toEqual({ omitted: expect.stringMatching(/^\d{5} bytes$/) });
  });

  it('cuts keys and tokens when a name or a header holds one', async () => {
    const caller = await admin();
    const key = 'fbl_0123456789abcdefghij';
    const from = { remoteAddress: null, requestId: null, userAgent: `curl ${'k9'.repeat(20)} ${key}` };
    await recordChange(
      store.database.db,
      { ...caller, tokenName: `token ${key}`, from },
      renamed('A', `my ${key}`),
    );
    const text = JSON.stringify(await auditRows(store.database, caller.workspaceId));
    expect(text).not.toContain('0123456789');
    expect(text).not.toContain('k9k9');
    expect(text).toContain('my fbl_[cut]');
  });
});

describe('the table of the audit log', () => {
  it.each([
    "update audit_events set actor = 'nobody'",
    'update audit_events set after = null where false',
    'delete from audit_events',
    'truncate audit_events',
    'truncate audit_events cascade',
    "insert into audit_events select * from audit_events on conflict (workspace_id, id) do update set actor = ''",
    'merge into audit_events a using audit_events b on a.id = b.id when matched then delete',
  ])('refuses, also from its owner: %s', async (statement) => {
    const caller = await admin();
    await recordChange(store.database.db, caller, renamed('A', 'B'));
    const [owner] = await store.database.db.execute<{ owns: boolean }>(
      sql`select tableowner = current_user as owns from pg_tables where tablename = 'audit_events'`,
    );
    expect(owner?.owns).toBe(true);
    await expect(store.database.sql.unsafe(statement)).rejects.toThrow('append-only');
    expect(await auditRows(store.database, caller.workspaceId)).toHaveLength(1);
  });
});

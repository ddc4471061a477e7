import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuditAction, recordChange } from '../../src/access/audit-log.js';
import { type Caller, roles } from '../../src/access/caller.js';
import { unrestricted } from '../../src/access/scopes.js';
import { newId } from '../../src/platform/ids.js';
import { type AuditFilter, getAuditEvent, listAuditLog } from '../../src/usage/audit-event.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { outcomeOf as codeOf } from '../support/outcome.js';
import { createWorkspace } from '../support/workspace.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const admin = async (): Promise<Caller> => (await createWorkspace(store.database)).as.ADMIN;

let changes = 0;
const change = (caller: Caller, action: AuditAction, subject: string, from?: Caller['from']) =>
  recordChange(store.database.db, from === undefined ? caller : { ...caller, from }, {
    action,
    subject,
    before: null,
    after: { change: (changes += 1) },
  });

const list = async (caller: Caller, filter: AuditFilter, first = 100, after: string | null = null) =>
  listAuditLog(store, caller, { first, after, filter });

const subjects = async (caller: Caller, filter: AuditFilter): Promise<(string | null)[]> =>
  (await list(caller, filter)).items.map(({ subject }) => subject);

describe('listAuditLog', () => {
  it('selects by action, noun, subject, token, actor, operator and request when a filter names them', async () => {
    const caller = await admin();
    const other: Caller = { ...caller, tokenId: newId(), tokenName: 'crm' };
    await change(caller, 'token.create', 'tok_1', {
      remoteAddress: '::1',
      requestId: 'r-1',
      userAgent: null,
    });
    await change(other, 'token.revoke', 'tok_1');
    await change(other, 'budget.set', 'bud_1');
    await change(caller, 'workspace.setPlan', 'w', { operator: 'workspace plan' });

    expect(await subjects(caller, {})).toEqual(['w', 'bud_1', 'tok_1', 'tok_1']);
    expect(await subjects(caller, { action: 'token.revoke' })).toEqual(['tok_1']);
    expect(await subjects(caller, { action: 'token' })).toEqual(['tok_1', 'tok_1']);
    expect(await subjects(caller, { subject: 'bud_1' })).toEqual(['bud_1']);
    expect(await subjects(caller, { tokenId: other.tokenId })).toEqual(['bud_1', 'tok_1']);
    expect(await subjects(caller, { actor: 'crm', action: 'budget' })).toEqual(['bud_1']);
    expect(await subjects(caller, { actor: 'workspace plan' })).toEqual(['w']);
    expect(await subjects(caller, { byOperator: true })).toEqual(['w']);
    expect(await subjects(caller, { byOperator: false })).toHaveLength(3);
    expect(await subjects(caller, { requestId: 'r-1' })).toEqual(['tok_1']);
    expect(await subjects(caller, { subject: "tok_1' or true --", actor: '\0', tokenId: 'tok' })).toEqual([]);
  });

  it('includes the start and excludes the end when a filter names a period', async () => {
    const caller = await admin();
    await change(caller, 'token.create', 'one');
    await change(caller, 'token.create', 'two');
    const [two, one] = (await list(caller, {})).items;
    const [from, to] = [one?.occurredAt, two?.occurredAt];
    // Instants of JavaScript have milliseconds: the earliest that is surely behind both is the next.
    const end = new Date((to?.getTime() ?? 0) + 1);
    expect(await subjects(caller, { from, to: end })).toEqual(['two', 'one']);
    expect(await subjects(caller, { from: end })).toEqual([]);
    expect(await subjects(caller, { to: from })).toEqual([]);
  });

  it.each<[string, AuditFilter]>([
    ['an unknown action', { action: 'createToken' }],
    ['a part of a noun', { action: 'tok' }],
    ['an empty period', { from: new Date('2026-02-01'), to: new Date('2026-01-01') }],
    ['a year that PostgreSQL does not know', { from: new Date(8.64e15) }],
  ])('refuses %s, because an empty list would mislead', async (_, filter) => {
    expect(await codeOf(list(await admin(), filter))).toBe('BAD_REQUEST');
  });

  it('returns every change once when it is read in pages while others are written', async () => {
    const caller = await admin();
    for (let at = 0; at < 25; at += 1) await change(caller, 'balance.record', `${at}`);
    const read: (string | null)[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(caller, {}, 7, after);
      read.push(...page.items.map(({ subject }) => subject));
      after = page.hasNextPage ? (page.cursors.at(-1) ?? null) : null;
      await change(caller, 'balance.record', 'later');
    } while (after !== null);
    expect(read).toEqual(Array.from({ length: 25 }, (_, at) => `${24 - at}`));
    expect(await (await list(caller, { subject: 'later' }, 1)).totalCount()).toBe(4);
    expect(await codeOf(list(caller, {}, 10, 'bm9ub25l'))).toBe('BAD_REQUEST');
    expect(await codeOf(list(caller, {}, 101))).toBe('BAD_REQUEST');
  });

  it('shows a workspace its own changes only, and no account or host of the operator', async () => {
    const [ours, theirs] = [await admin(), await admin()];
    await change(theirs, 'token.create', 'secret');
    await change(theirs, 'workspace.setPlan', 'w', { operator: 'workspace plan' });
    const [event, ...others] = (await list(theirs, { byOperator: true })).items;
    expect(others).toEqual([]);
    expect(Object.keys(event ?? {})).not.toContain('host');
    expect(Object.keys(event ?? {})).not.toContain('account');
    expect(await subjects(ours, {})).toEqual([]);
    expect(await getAuditEvent(store, ours, event?.id ?? '')).toBeNull();
    expect(await getAuditEvent(store, theirs, event?.id ?? '')).toEqual(event);
    expect(await getAuditEvent(store, theirs, 'not an id')).toBeNull();
  });

  it.each(roles.filter((role) => role !== 'ADMIN'))('is refused when the role is %s', async (role) => {
    const { as } = await createWorkspace(store.database);
    expect(await codeOf(list(as[role], {}))).toBe('FORBIDDEN');
    expect(await codeOf(getAuditEvent(store, as[role], newId()))).toBe('FORBIDDEN');
  });

  it('is refused when the token is confined by a scope', async () => {
    const caller = await admin();
    const scopes = { ...unrestricted.scopes, workflows: ['crm'] };
    expect(await codeOf(list({ ...caller, scopes }, {}))).toBe('FORBIDDEN');
  });
});

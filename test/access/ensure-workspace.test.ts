import { expect, it } from 'vitest';
import { tokens, workspaces } from '../../schema/tables/index.js';
import { ensureWorkspace } from '../../src/access/ensure-workspace.js';
import { createCallerFinder } from '../../src/access/find-caller.js';
import { revokeToken } from '../../src/tokens/change-token.js';
import { systemClock } from '../../src/platform/time.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const tokenOf = (letter: string) => `fgw_${letter.repeat(43)}`;
const inFreshDatabase = async (act: (database: TestDatabase['database']) => Promise<void>): Promise<void> => {
  const store = await createTestDatabase();
  try {
    await act(store.database);
  } finally {
    await store.close();
  }
};
const findIn = (database: TestDatabase['database']) => createCallerFinder({ database, clock: systemClock });

it('creates a workspace and an ADMIN token on the first start, and returns the token once', () =>
  inFreshDatabase(async (database) => {
    const first = await ensureWorkspace({ database }, { bootstrapToken: null });
    const second = await ensureWorkspace({ database }, { bootstrapToken: null });
    expect(first).toMatchObject({ created: true, bootstrap: { role: 'ADMIN', tokenName: 'bootstrap' } });
    expect(await findIn(database)(first.secret ?? '')).toEqual(first.bootstrap);
    expect(second).toEqual({ ...first, created: false, secret: null });
  }));

it('uses a given token as the ADMIN token, and does not return it', () =>
  inFreshDatabase(async (database) => {
    const first = await ensureWorkspace({ database }, { bootstrapToken: tokenOf('a') });
    expect(first.secret).toBeNull();
    expect(await findIn(database)(tokenOf('a'))).toMatchObject({
      role: 'ADMIN',
      workspaceId: first.workspaceId,
    });
  }));

it('replaces the bootstrap token when another is given, and accepts the first again', () =>
  inFreshDatabase(async (database) => {
    const refused = { code: 'UNAUTHENTICATED' };
    await ensureWorkspace({ database }, { bootstrapToken: tokenOf('a') });
    await ensureWorkspace({ database }, { bootstrapToken: tokenOf('b') });
    await expect(findIn(database)(tokenOf('a'))).rejects.toMatchObject(refused);
    expect(await findIn(database)(tokenOf('b'))).toMatchObject({ role: 'ADMIN' });
    await ensureWorkspace({ database }, { bootstrapToken: tokenOf('a') });
    expect(await findIn(database)(tokenOf('a'))).toMatchObject({ role: 'ADMIN' });
    await expect(findIn(database)(tokenOf('b'))).rejects.toMatchObject(refused);
    expect(await database.db.$count(tokens)).toBe(2);
  }));

it('leaves a revoked token revoked when none is given', () =>
  inFreshDatabase(async (database) => {
    const { bootstrap } = await ensureWorkspace({ database }, { bootstrapToken: null });
    await revokeToken({ database }, bootstrap!, bootstrap!.tokenId);
    expect(await ensureWorkspace({ database }, { bootstrapToken: null })).toMatchObject({
      created: false,
      secret: null,
      bootstrap: null,
    });
  }));

it('creates one workspace and one token, returned once, when ten instances start at once', () =>
  inFreshDatabase(async (database) => {
    const starts = await Promise.all(
      Array.from({ length: 10 }, () => ensureWorkspace({ database }, { bootstrapToken: null })),
    );
    expect(starts.filter(({ created }) => created)).toHaveLength(1);
    expect(starts.filter(({ secret }) => secret !== null)).toHaveLength(1);
    expect(await database.db.$count(workspaces)).toBe(1);
    expect(await database.db.$count(tokens)).toBe(1);
  }));

it('refuses a malformed token without quoting it', () =>
  inFreshDatabase(async (database) => {
    const started = ensureWorkspace({ database }, { bootstrapToken: 'fgw_hunter2' });
    await expect(started).rejects.toThrow(/GATEWAY_BOOTSTRAP_TOKEN/);
    await expect(started).rejects.not.toThrow(/hunter2/);
    expect(await database.db.$count(workspaces)).toBe(0);
  }));

import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { type Archive, openArchive } from '../ledger/archive/open-archive.js';
import { builtProgram, runBuilt } from '../support/gateway.js';

let archive: Archive;
let env: Record<string, string>;
beforeEach(async () => {
  archive = await openArchive();
  env = { DATABASE_URL: archive.store.url, ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString('base64') };
}, 120_000);
afterEach(() => archive.close());

const archiveEntries = (...words: string[]) => runBuilt('archive-entries', env, [archive.folder, ...words]);
const restoreEntries = (month: string) =>
  runBuilt('restore-entries', env, [archive.folder, '--month', month]);

it('prints the months and changes nothing when it is a dry run', async () => {
  const { code, output } = await archiveEntries('--before', '2025-03', '--dry-run');
  expect({ code, output }).toEqual({
    code: 0,
    output: '2025-01 would be archived.\n2025-02 would be archived.\n',
  });
  expect(readdirSync(archive.folder)).toEqual([]);
  expect((await verifyLedger(archive.store.database)).archived).toBe(0);
});

it('archives months, has nothing to do the second time, and restores one', async () => {
  const first = await archiveEntries('--before', '2025-03');
  expect(first.output).toMatch(
    /^2025-01: archived \d+ entries with \d+ credits in .*entries-2025-01\.csv\.gz\.\n2025-02: /,
  );
  expect(first.code).toBe(0);
  expect(await archiveEntries('--before', '2025-03')).toEqual({
    code: 0,
    output: 'There are no entries to archive before 2025-03.\n',
  });
  const verified = await runBuilt('verify', env);
  expect(verified).toMatchObject({
    code: 0,
    output: expect.stringMatching(/\(and the sums of \d+ archived ones\)/),
  });
  expect(await restoreEntries('2025-01')).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^2025-01: restored \d+ entries\.$/m),
  });
  const again = await restoreEntries('2025-01');
  expect(again).toMatchObject({ code: 1, output: expect.stringContaining('2025-01 is not archived') });
});

it('archives nothing when the ledger disagrees', async () => {
  await archive.store.database.sql`update unlocks set price = 2`;
  const { code, output } = await archiveEntries('--before', '2025-03');
  expect(code).toBe(1);
  expect(output).toContain('Nothing was archived');
  expect(readdirSync(archive.folder)).toEqual([]);
});

it('exits with 2 when a month is none or missing, and when a folder is none', async () => {
  const notMonth = { code: 2, output: expect.stringContaining('This is not a month') };
  for (const text of ['foo', '2026-13']) {
    expect(await archiveEntries('--before', text)).toMatchObject(notMonth);
    expect(await restoreEntries(text)).toMatchObject(notMonth);
  }
  expect((await archiveEntries()).code).toBe(2);
  expect(await runBuilt('archive-entries', env, ['', '--before', '2025-03'])).toMatchObject({
    code: 2,
    output: expect.stringContaining('name a file or a folder'),
  });
  const file = path.join(archive.folder, 'file');
  writeFileSync(file, '');
  expect(await runBuilt('archive-entries', env, [file, '--before', '2025-03'])).toMatchObject({
    code: 2,
    output: `${file} cannot be made: name another folder.\n`,
  });
});

it('exits with 1 when the archive has another archive than the manifest says', async () => {
  expect(await archiveEntries('--before', '2025-02')).toMatchObject({ code: 0 });
  writeFileSync(path.join(archive.folder, 'entries-2025-01.json'), '{}');
  expect(await restoreEntries('2025-01')).toMatchObject({
    code: 1,
    output: expect.stringContaining('is not a manifest of 2025-01'),
  });
});

it('leaves all or nothing of a month when it is killed at any time, and goes on when it runs again', async () => {
  const { database } = archive.store;
  const [before] = await database.sql`select count(*)::int as entries from entries`;
  const command = builtProgram('cli/firmable-gateway');
  const killed = async (words: string[], afterMs: number): Promise<void> => {
    const child = spawn(process.execPath, [command, ...words], {
      env: { ...env, PATH: process.env['PATH'], LOG_LEVEL: 'error' },
      stdio: 'ignore',
    });
    const exited = new Promise((resolve) => {
      child.once('exit', resolve);
    });
    await Promise.race([exited, sleep(afterMs)]);
    child.kill('SIGKILL');
    await exited;
  };
  for (let round = 0; round < 8; round += 1) {
    await killed(['archive-entries', archive.folder, '--before', '2025-05'], 500 + round * 230);
    // The server notices that a client is gone when it next writes to it.
    await expect
      .poll(
        async () =>
          (
            await database.sql`
      select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`
          ).length,
        { timeout: 20_000 },
      )
      .toBe(0);
    const found = await verifyLedger(database);
    expect(found.disagreements).toEqual([]);
    expect(found.entries + found.archived).toBe(before?.['entries']);
  }
  expect((await archiveEntries('--before', '2025-05')).code).toBe(0);
  for (const month of ['2025-01', '2025-02', '2025-03', '2025-04']) {
    expect(existsSync(path.join(archive.folder, `entries-${month}.json`))).toBe(true);
    await killed(['restore-entries', archive.folder, '--month', month], 900);
    const { code, output } = await restoreEntries(month);
    expect([code, output.includes('restored') || output.includes('is not archived')]).toEqual([code, true]);
  }
  expect(await archive.disagreements()).toEqual([]);
  expect((await verifyLedger(database)).archived).toBe(0);
}, 240_000);

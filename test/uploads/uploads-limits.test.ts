import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uploadChunks } from '../../schema/tables/index.js';
import { flagship } from '../../src/sandbox/samples.js';
import { deleteUnusedUpload } from '../../src/uploads/delete-unused.js';
import { storeList } from '../../src/uploads/store-list.js';
import { getUpload, readProposal } from '../../src/uploads/read-upload.js';
import type { TestGateway } from '../http/start-gateway.js';
import { origin, startUploads, type Uploads } from './start-uploads.js';

let gateway: TestGateway;
let send: Uploads['send'];
let rowsOf: Uploads['rowsOf'];
let countUploads: Uploads['countUploads'];
beforeAll(async () => {
  ({ gateway, send, rowsOf, countUploads } = await startUploads());
});
afterAll(() => gateway.close());

describe('limits', () => {
  it('refuses what is too large, compressed or not, and stores nothing', async () => {
    const before = await countUploads();
    const row = `${'x'.repeat(990)},a.example\n`;
    const large = `note,domain\n${row.repeat(2_500)}`;
    const tooLarge = /^The file is larger than 2000000 bytes: split it/;
    const zipped = new Uint8Array(gzipSync(large));
    for (const answer of [
      await send(large),
      await send(zipped, { headers: { 'content-encoding': 'gzip' } }),
      await send(new Blob([large]).stream()),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([413, 'LIMIT_EXCEEDED']);
      expect(answer.body.error).toMatch(tooLarge);
    }
    const rows = await send(`domain\n${'a.example\n'.repeat(3_001)}`);
    expect([rows.status, rows.body.error]).toEqual([
      413,
      expect.stringMatching(/^The file has more than 3000 rows/),
    ]);
    // Rows are stored with a cell for each header, so few bytes could fill the disk.
    const sparse = await send(`domain${','.repeat(16_000)}\n${'a.example\n'.repeat(1_000)}`);
    expect([sparse.status, sparse.body.error]).toEqual([413, expect.stringMatching(/empty cells included/)]);
    expect(await countUploads()).toBe(before);
    expect(await gateway.context.database.db.$count(uploadChunks)).toBe(before);
  });

  it('reads a compressed body, and refuses one that is not what it says', async () => {
    const headers = { 'content-encoding': 'gzip' };
    const body = new Uint8Array(gzipSync('domain\na.example\n'));
    expect((await send(body, { headers })).body.rows).toBe(1);
    const listed = { 'content-encoding': 'gzip, identity' };
    expect((await send(body, { headers: listed })).body.rows).toBe(1);
    const before = await countUploads();
    const list = new Uint8Array(gzipSync(`domain\n${'a.example\n'.repeat(2_000)}`));
    expect((await send(list.subarray(0, -12), { headers })).body.error).toMatch(
      /not what Content-Encoding says/,
    );
    expect(await countUploads()).toBe(before);
    expect((await send('domain\na.example\n', { headers })).body.error).toMatch(
      /not what Content-Encoding says/,
    );
    expect((await send('a', { headers: { 'content-encoding': 'zstd' } })).status).toBe(400);
  });

  it('stores all chunks of a list that has several', async () => {
    const lines = Array.from({ length: 1_203 }, (_, index) => `d${index}.example`);
    const answer = await send(`domain\n${lines.join('\n')}`);
    const rows = await rowsOf(answer);
    expect(rows.map(({ cells }) => cells[0])).toEqual(lines);
    expect(rows.map(({ number }) => number)).toEqual(lines.map((_, index) => index + 1));
  });
});

it('refuses lists that have more than a workspace may store, also those that come at the same time', async () => {
  const { context } = gateway;
  const rows = `domain\n${'a.example\n'.repeat(100)}`;
  const stored = async () => {
    const { sql } = context.database;
    const [sum] = await sql<{ bytes: number }[]>`select sum(stored_bytes)::int as bytes from uploads`;
    return sum?.bytes ?? 0;
  };
  await send(rows);
  const first = await stored();
  await send(rows);
  const second = await stored();
  // One more has space.
  const config = { ...context.config, uploadStoredBytesMax: second + (second - first) };
  const beside = await gateway.startBeside({ config });
  const headers = { authorization: `Bearer ${gateway.token}` };
  const sendBeside = async () => {
    const sent = await fetch(`${beside.url}/uploads`, { method: 'POST', headers, body: rows });
    return { status: sent.status, text: await sent.text() };
  };
  const before = await countUploads();
  const answers = await Promise.all([1, 2, 3].map(sendBeside));
  const refused = answers.filter(({ status }) => status === 413);
  expect([refused.length, answers.find(({ status }) => status !== 413)?.status]).toEqual([2, 201]);
  expect(refused[0]?.text).toMatch(/delete jobs that you no longer need.*UPLOAD_STORED_BYTES_MAX/);
  expect(await countUploads()).toBe(before + 1);
  expect((await sendBeside()).status).toBe(413);
  const caller = await context.findCaller(gateway.token);
  const list = { columns: ['domain'], rows: [['a.example']] };
  const store = (max: number) => context.database.db.transaction((tx) => storeList(tx, caller, list, max));
  await expect(store(config.uploadStoredBytesMax)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  await expect(store(config.uploadStoredBytesMax + 100)).resolves.toMatchObject({ rows: 1 });
  await beside.close();
});

it('deletes what it has of a body that is cut off', async () => {
  const before = await countUploads();
  const stop = new AbortController();
  const row = `${'x'.repeat(200)},a.example\n`;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(Buffer.from(`note,domain\n${row.repeat(1_500)}`));
    },
  });
  const sent = fetch(`${gateway.url}/uploads`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.token}` },
    body,
    duplex: 'half',
    signal: stop.signal,
  } as RequestInit);
  await expect.poll(countUploads).toBe(before + 1);
  stop.abort();
  await expect(sent).rejects.toThrow(/abort/i);
  await expect.poll(countUploads).toBe(before);
});

describe('callers', () => {
  it('refuses a VIEWER and a request without a token, and shows an upload to its workspace only', async () => {
    const viewer = await send('domain\na.example\n', { token: await gateway.tokenOf('VIEWER') });
    expect([viewer.status, viewer.body.code]).toEqual([403, 'FORBIDDEN']);
    expect((await send('domain\na.example\n', { token: 'fgw_nobody' })).status).toBe(401);
    const { body } = await send('domain\na.example\n', { token: await gateway.tokenOf('MEMBER') });
    const caller = await gateway.context.findCaller(gateway.token);
    await expect(getUpload(gateway.context, caller, body.id)).resolves.toMatchObject({ rows: 1 });
    const stranger = { ...caller, workspaceId: '00000000-0000-4000-8000-000000000000' };
    await expect(getUpload(gateway.context, stranger, body.id)).rejects.toThrow(/no such upload/);
    const confined = { ...caller, scopes: { ...caller.scopes, operations: ['COMPANY' as const] } };
    await expect(getUpload(gateway.context, confined, body.id)).rejects.toThrow(/no such upload/);
  });

  it('lets pages of allowed origins send files, and other methods do nothing', async () => {
    const { headers } = await send('domain\na.example\n', { headers: { origin } });
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    const response = await fetch(`${gateway.url}/uploads`);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

it('deletes an upload that no job uses when its time is over', async () => {
  const { database } = gateway.context;
  const { body } = await send('domain\na.example\n');
  const caller = await gateway.context.findCaller(gateway.token);
  const upload = await getUpload(gateway.context, caller, body.id);
  expect(await readProposal(gateway.context, upload)).toEqual({
    operation: 'COMPANY',
    mapping: [{ column: 0, identifier: 'DOMAIN' }],
  });
  expect(await deleteUnusedUpload(database, 1)).toBe(false);
  const source = `{ upload: { id: "${body.id}", columns: [{ column: "domain", identifier: DOMAIN }] } }`;
  const { body: created } = await gateway.post(
    `mutation { createJob(input: { operation: COMPANY, source: ${source}, maxCredits: 0, start: false }) { job { id } userErrors { message } } }`,
  );
  expect(created).toMatchObject({ data: { createJob: { userErrors: [] } } });
  const { body: unused } = await send(`domain\n${flagship.domain}\n`);
  await database.sql`update uploads set created_at = created_at - interval '2 hours'`;
  while (await deleteUnusedUpload(database, 1));
  await expect(getUpload(gateway.context, caller, unused.id)).rejects.toThrow(/no such upload/);
  await expect(getUpload(gateway.context, caller, body.id)).resolves.toMatchObject({ rows: 1 });
  expect(await countUploads()).toBe(1);
});

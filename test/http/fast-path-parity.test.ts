import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { documentRequests, listedDocument } from './document-requests.js';
import { hostileRequests } from './hostile-requests.js';
import { type Raw, type RawAnswer, sendRaw } from './send-raw.js';
import { startGateway, type TestGateway } from './start-gateway.js';
import { usualRequests } from './usual-requests.js';
import { json } from './written-requests.js';

/** Two gateways that get the same requests, one of them without the fast path. */
let fast: TestGateway;
let adapter: TestGateway;
beforeAll(async () => {
  [fast, adapter] = await Promise.all([
    startGateway({ logLevel: 'debug' }),
    startGateway({ logLevel: 'debug', fastPath: false }),
  ]);
});
/** Pairs with other settings. */
let restricted: (readonly [TestGateway, TestGateway])[];
const folder = mkdtempSync(path.join(tmpdir(), 'parity-'));
beforeAll(async () => {
  const file = path.join(folder, 'documents.json');
  writeFileSync(file, JSON.stringify({ role: listedDocument }));
  const ofFile = { PERSISTED_DOCUMENTS_FILE: file, ALLOWED_ORIGINS: 'https://app.example.com' };
  const settings = [ofFile, { ...ofFile, PERSISTED_DOCUMENTS: 'automatic', INTROSPECTION: 'off' }];
  restricted = await Promise.all(
    settings.map((env) => Promise.all([startGateway({ env }), startGateway({ env, fastPath: false })])),
  );
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([fast, adapter, ...restricted.flat()].map((gateway) => gateway.close()));
});

it('returns the same status, headers and body when a request goes through the fast path or Yoga', async () => {
  for (const { name, raw } of [...usualRequests, ...hostileRequests]) {
    const [fromFastPath, fromAdapter] = await Promise.all([send(fast, raw), send(adapter, raw)]);
    expect.soft(fromFastPath, name).toEqual(fromAdapter);
    expect.soft(JSON.stringify(fromFastPath), name).not.toMatch(/node_modules|\\n\s+at /);
  }
});

it('returns the same when documents have hashes and ids, and requests have origins', async () => {
  for (const [oneOf, ofYoga] of [[fast, adapter] as const, ...restricted]) {
    for (const { name, raw } of documentRequests) {
      const [fromFastPath, fromAdapter] = await Promise.all([send(oneOf, raw), send(ofYoga, raw)]);
      expect.soft(fromFastPath, name).toEqual(fromAdapter);
      expect.soft(JSON.stringify(fromFastPath), name).not.toMatch(/node_modules|\\n\s+at |"x-injected"/);
    }
  }
});

it('logs no token when requests are hostile', () => {
  for (const gateway of [fast, adapter]) expect(gateway.logged()).not.toContain(gateway.token);
});

it('still responds when it has handled all hostile requests', async () => {
  const usual = { pieces: [json({ query: '{ viewer { role } }' })] };
  for (const gateway of [fast, adapter]) {
    const [answer] = await send(gateway, usual);
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('"role":"ADMIN"') });
  }
});

const send = async (gateway: TestGateway, { pieces, ...rest }: Raw): Promise<RawAnswer[]> => {
  const withToken = pieces.map((piece) => {
    const bytes = Buffer.from(piece);
    return Buffer.from(bytes.toString('latin1').replaceAll('{token}', gateway.token), 'latin1');
  });
  return (await sendRaw(gateway.url, { pieces: withToken, ...rest })).map(comparable);
};

/** A response without what always differs: ids, instants, durations, and the length of the body with them. */
const comparable = (answer: RawAnswer): RawAnswer => {
  const { date: _, 'content-length': __, 'x-request-id': ___, ...headers } = answer.headers;
  const body = answer.body
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<instant>')
    .replaceAll(/"latencyMs":\d+/g, '"latencyMs":0');
  return { ...answer, headers, body };
};

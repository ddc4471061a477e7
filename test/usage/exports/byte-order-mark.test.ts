import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../http/start-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const period = 'from=2026-01-01&to=2027-01-01';
const get = async (file: string): Promise<{ status: number; bytes: Buffer }> => {
  const response = await fetch(`${gateway.url}/export/${file}`, {
    headers: { authorization: `Bearer ${gateway.token}` },
  });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
};

it.each(['entries.csv?', `usage.csv?${period}&`, 'unlocks.csv?', 'records.csv?operation=COMPANY&'])(
  'begins %s with a byte order mark when it is wanted, and not otherwise',
  async (file) => {
    const plain = await get(file);
    const marked = await get(`${file}bom=true`);
    expect(plain.bytes[0]).not.toBe(0xef);
    expect(marked.bytes).toEqual(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), plain.bytes]));
    expect((await get(`${file}bom=false`)).bytes).toEqual(plain.bytes);
  },
);

it('refuses a byte order mark for NDJSON, and other values', async () => {
  expect((await get('entries.ndjson?bom=true')).status).toBe(400);
  expect((await get('entries.csv?bom=yes')).status).toBe(400);
});

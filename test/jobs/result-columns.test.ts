import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { flagship } from '../../src/sandbox/samples.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';
import { download, makeJob } from './results-setup.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

it('refuses XLSX before the first byte when the columns are more than a sheet has', async () => {
  // The result has 11 columns.
  const headers = Array.from({ length: 16_372 }, (_, at) => `h${at}`);
  const { publicId } = await makeJob(gateway, { headers, rows: [{ cells: [flagship.domain] }] });
  const wide = await download(gateway, `${publicId}.xlsx?fields=name,domain`);
  expect([wide.status, JSON.parse(wide.text).error]).toEqual([
    400,
    'The list has 16372 columns, and with the fields and the result the file has 16385, more than the 16384 of XLSX: get it as CSV or NDJSON, or name fewer "fields".',
  ]);
  expect((await download(gateway, `${publicId}.csv?fields=name,domain`)).status).toBe(200);
  const full = await download(gateway, `${publicId}.xlsx?fields=name`);
  expect((await readXlsx(full.bytes)).sheets[0]?.rows[0]).toHaveLength(16_384);
});

import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { flagship } from '../../src/sandbox/samples.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';
import { linesOf } from '../usage/exports/setup.js';
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

const result = (sources: string): string[] => [
  'outcome',
  'provider',
  sources,
  'creditsCharged',
  'creditsSaved',
  'problem',
  'message',
  'duplicateOf',
  'receiptId',
  'fetchedAt',
  'row',
];

it.each([
  ['has a column "sources"', 'sources', 'enriched_sources', 'enriched_enriched_sources'],
  ['has none of these names', 'Site', 'sources', 'enriched_sources'],
])(
  'names the result alike in all formats when the list %s and `sources` is chosen',
  async (_, header, sources, list) => {
    const row = { cells: [flagship.domain], by: { domain: flagship.domain } };
    const { publicId } = await makeJob(gateway, { headers: [header], rows: [row] });
    const query = 'fields=name,sources,recordId,website';
    const [csv = ''] = (await download(gateway, `${publicId}.csv?${query}`)).text.split(/\r?\n/);
    const [line] = linesOf((await download(gateway, `${publicId}.ndjson?${query}`)).text);
    const xlsx = await readXlsx((await download(gateway, `${publicId}.xlsx?${query}`)).bytes);
    const flat = [
      header,
      'name',
      'sources.field',
      'sources.provider',
      'recordId',
      'website',
      ...result(sources),
    ];
    expect(csv.split(',')).toEqual(flat);
    expect(xlsx.sheets[0]?.rows[0]).toEqual(flat);
    expect(Object.keys(line ?? {})).toEqual([
      header,
      'name',
      list,
      'recordId',
      'website',
      ...result(sources),
    ]);
    // A record of one provider needs no division.
    expect([line?.[list], line?.[sources]]).toEqual([
      expect.arrayContaining([{ field: 'name', provider: 'FIRMABLE' }]),
      null,
    ]);
  },
);

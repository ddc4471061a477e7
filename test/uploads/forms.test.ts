import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uploadChunks } from '../../schema/tables/index.js';
import type { TestGateway } from '../http/start-gateway.js';
import { startUploads, type Uploads } from './start-uploads.js';

let gateway: TestGateway;
let send: Uploads['send'];
let countUploads: Uploads['countUploads'];
beforeAll(async () => {
  ({ gateway, send, countUploads } = await startUploads());
});
afterAll(() => gateway.close());

type Part = [name: string, value: string, fileName?: string];
const file: Part = ['file', 'domain\na.example\n', 'a.csv'];
const formOf = (...parts: Part[]): FormData => {
  const form = new FormData();
  for (const [name, value, fileName] of parts) {
    if (fileName === undefined) form.append(name, value);
    else form.append(name, new Blob([value]), fileName);
  }
  return form;
};

const behind = (name: string): string =>
  `The field "${name}" is behind the file, where it comes too late: send it in front of the file, or as a parameter of the address.`;
const unknown = 'There is no parameter "heder": use name, header, sheet.';
const repeated = '"header" may not be repeated: send it only once.';
const large: Part = ['file', `note,domain\n${`${'x'.repeat(900)},a.example\n`.repeat(2_000)}`, 'a.csv'];
it.each<[string, Part[], string, string]>([
  ['a field behind the file', [file, ['header', 'no']], '', behind('header')],
  ['a field behind a large file', [large, ['sheet', 'Hidden']], '', behind('sheet')],
  ['an unknown field behind the file', [file, ['heder', 'no']], '', unknown],
  ['an unknown field', [['heder', 'no'], file], '', unknown],
  ['a repeated field', [['header', 'no'], ['header', 'no'], file], '', repeated],
  ['a field that is a parameter, too', [['header', 'no'], file], '?header=yes', repeated],
  ['a second file', [file, large], '', 'The form has several files: send each in a request of its own.'],
  ['a text in the place of the file', [['file', 'a.csv'], file], '', 'The form has no file: send one'],
])('refuses a form with %s, and keeps nothing of it', async (_, parts, query, message) => {
  const { status, body } = await send(formOf(...parts), { query });
  expect([status, body.code, body.error]).toEqual([400, 'BAD_REQUEST', expect.stringContaining(message)]);
  expect(await countUploads()).toBe(0);
  expect(await gateway.context.database.db.$count(uploadChunks)).toBe(0);
});

it('answers and closes the connection when a refused form goes on', async () => {
  const head = 'content-disposition: form-data; name=';
  const start = `--x\r\n${head}"file"; filename="a.csv"\r\n\r\n${file[1]}\r\n--x\r\n${head}"header"\r\n\r\nno\r\n--x\r\n`;
  const client = request(`${gateway.url}/uploads`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${gateway.token}`,
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': '1000000',
    },
  });
  const status = await new Promise((resolve, reject) => {
    client.once('error', reject);
    client.once('response', (response) => resolve([response.statusCode, response.headers.connection]));
    client.write(start);
    client.write(' '.repeat(1_000));
  });
  client.destroy();
  expect(status).toEqual([400, 'close']);
});

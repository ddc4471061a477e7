import { afterAll, beforeAll, expect, it } from 'vitest';
import { startUploads, type Uploads } from './start-uploads.js';

let gateway: Uploads['gateway'];
let send: Uploads['send'];
beforeAll(async () => {
  ({ gateway, send } = await startUploads());
});
afterAll(() => gateway.close());

it.each([
  ['semicolons', ';', 'Export vom 1.11.2026'],
  ['commas', ',', 'Export vom 1.11.2026'],
  ['tabs', '\t', 'Export, alle'],
])('explains a title above a table of %s', async (_, separator, title) => {
  const rows = [
    title,
    `Name${separator}Website${separator}Note`,
    `A${separator}harbourline.example${separator}x`,
  ];
  const { body } = await send(rows.join('\n'));
  expect([body.separator, body.notes]).toEqual([
    separator,
    [
      '2 rows have more cells than the header, first line 2: they are kept in columns without a name. If what was read as the header is a title, delete the rows above the header. Otherwise, put a cell that contains the separator in quotes.',
    ],
  ]);
});

it('advises quotes when few rows have more cells than the header', async () => {
  const { body } = await send('Name,Website\nA, Inc,a.example\nB,b.example\n');
  expect(body.notes).toEqual([expect.stringMatching(/without a name\. Put a cell that contains/)]);
});

it.each(['^', ':', '~'])(
  'explains how to name the separator when a list of one column has %s',
  async (one) => {
    const text = `Name^Website^Note\nA^harbourline.example^x\nB^https://b.example^\n`;
    const { body } = await send(text.replaceAll('^', one));
    expect(body.notes).toEqual([
      `The file has one column, whose cells have "${one}" in common. Separators are commas, semicolons, tabs and vertical bars: if "${one}" is one, too, add a first line sep=${one} to the file.`,
    ]);
    if (one === ':') return;
    expect((await send(`sep=${one}\n${text.replaceAll('^', one)}`)).body).toMatchObject({
      separator: one,
      notes: [],
    });
  },
);

it('notes nothing of a list of one column', async () => {
  expect((await send('Website\nhttps://a.example\nhttps://b.example\n')).body.notes).toEqual([]);
  expect((await send('LinkedIn: page\nharbourline\nfernwick\n')).body.notes).toEqual([]);
});

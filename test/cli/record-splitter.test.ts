import { expect, it } from 'vitest';
import { createRecordSplitter } from '../../src/cli/record-splitter.js';

const csv = '\uFEFFname,note,row\r\nÅsa,"two\r\nlines, ""quoted""",1\r\nB,,2\r\nB,again,2\r\nC,"3\n",3\r\n';
const ndjson =
  '{"name":"a\\n\\"","row":1}\n{"name":"b","row":2}\n{"name":"b2","row":2}\n{"name":"c","row":3}\n';

/** What a server sends behind a row: with its header, in CSV. */
const behind = (format: 'csv' | 'ndjson', row: number): string => {
  const lines =
    format === 'csv' ? (csv.slice(1).match(/[^]*?(?<=row|,\d)\r\n/g) ?? []) : ndjson.split(/(?<=\n)/);
  return lines.filter((line) => !(Number(/(\d)\}?\r?\n$/.exec(line)?.[1] ?? 9) <= row)).join('');
};

it.each([
  ['csv', csv],
  ['ndjson', ndjson],
] as const)('returns each row once when a %s stream is cut at any byte and goes on', (format, text) => {
  expect(behind(format, 0)).toBe(text.replace('\uFEFF', ''));
  const bytes = Buffer.from(text);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const splitter = createRecordSplitter(format);
    const parts: Buffer[] = [];
    for (const byte of bytes.subarray(0, cut)) parts.push(splitter.push(Buffer.of(byte)));
    splitter.cut();
    // Without the first row nothing of the header was lost, and the server sends it again.
    parts.push(splitter.push(Buffer.from(behind(format, splitter.lastRow()))), splitter.end());
    const received = Buffer.concat(parts).toString();
    expect([cut, received.replace('\uFEFF', '')]).toEqual([cut, text.replace('\uFEFF', '')]);
  }
});

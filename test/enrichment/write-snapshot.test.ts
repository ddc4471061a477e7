import { assert, constantFrom, json, jsonValue, oneof, property } from 'fast-check';
import { expect, it } from 'vitest';
import { writeSnapshot } from '../../src/enrichment/fetch-under-reservation.js';
import { readCompany } from '../../src/providers/firmable/read-company.js';
import { fullCompany } from '../providers/firmable/examples.js';

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const written = (raw: unknown): string | null => {
  try {
    return JSON.stringify(raw);
  } catch {
    return null;
  }
};

it('has the same content, without control characters, when the text is arbitrary', () => {
  const odd = constantFrom(
    JSON.stringify(fullCompany),
    JSON.stringify(fullCompany, null, 2),
    '{"id":"f1","name":"\\u0000\\ud800 \\u00e9","employee_count":1e400}',
    '{"id":"f1","id":"f2","name":"twice","__proto__":{"name":"x"},"2":0,"1":-0}',
    ` {"id" : "f1",\t"keywords":["a" ,"b"]}\r`,
    `{"id":"f1","odd":${nested(2_900)}}`,
    `{"id":"f1","odd":${nested(50_000)}}`,
  );
  const indented = jsonValue().map((value) => JSON.stringify(value, null, '\t'));
  assert(
    property(oneof(odd, json(), indented), (text) => {
      const raw: unknown = JSON.parse(text);
      const copy = writeSnapshot({ raw: () => raw, json: text });
      const plain = written(raw);
      // What cannot be written is kept as it was received.
      expect(plain !== null || copy === text).toBe(true);
      if (copy === null || plain === null) return;
      expect(written(JSON.parse(copy))).toBe(plain);
      expect(readCompany(JSON.parse(copy))?.record).toEqual(readCompany(JSON.parse(plain))?.record);
      // The ledger puts a group of copies together with one of these between them.
      expect(copy.split('').every((sign) => sign >= ' ' || '\t\n\r'.includes(sign))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

it('keeps plain text unchanged, and rewrites text that takes more space than needed', () => {
  const text = JSON.stringify(fullCompany);
  expect(writeSnapshot({ raw: () => fullCompany, json: ` ${text}` })).toBe(` ${text}`);
  expect(writeSnapshot({ raw: () => fullCompany, json: JSON.stringify(fullCompany, null, 2) })).toBe(text);
  expect(writeSnapshot({ raw: () => fullCompany })).toBe(text);
});

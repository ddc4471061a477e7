import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { printApi } from '../../../src/graphql/schema.js';
import { digitsOf } from '../programs/companies.js';
import { numberMark } from '../programs/job.js';
import { type HttpProfile, listLength, queryFor, type QuestionName } from './queries.js';

const schema = buildSchema(printApi());
const names = ['new', 'known', 'refetched', 'list'] as const satisfies readonly QuestionName[];
const token = 'fgw_canary';

const sent = (dialect: HttpProfile, name: QuestionName): { head: string; body: string } => {
  const { request } = queryFor({ dialect, port: 4_000, token }, name);
  const [head = '', body = ''] = request.replaceAll(numberMark, digitsOf(7)).split('\r\n\r\n');
  return { head, body };
};

const fieldsOf = (dialect: HttpProfile): string[] => {
  const { query }: { query: string } = JSON.parse(sent(dialect, 'new').body);
  const inner = /\{([^{}]*)\}[^{]*$/.exec(query)?.[1] ?? '';
  return inner.trim().replaceAll(/: \w+/g, '').split(/\s+/);
};

describe('a question of the bench', () => {
  it.each(names)('is one that the gateway takes: %s', (name) => {
    const { query }: { query: string } = JSON.parse(sent('GATEWAY', name).body);
    expect(validate(schema, parse(query))).toEqual([]);
  });

  it.each(['GATEWAY', 'PLAIN', 'OPENAPI'] as const)(
    'states its length, also with a number in it: %s',
    (dialect) => {
      const { head, body } = sent(dialect, 'new');
      expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
      expect(body).toContain(`c${digitsOf(7)}.example`);
    },
  );

  it('asks for the same twelve fields of everybody', () => {
    expect(fieldsOf('GATEWAY')).toHaveLength(12);
    expect(fieldsOf('PLAIN')).toEqual(fieldsOf('GATEWAY'));
    expect(fieldsOf('OPENAPI')).toEqual(fieldsOf('GATEWAY'));
  });

  it('of a list has a hundred places for numbers', () => {
    const { request } = queryFor({ dialect: 'GATEWAY', port: 4_000, token }, 'list');
    expect(request.split(numberMark)).toHaveLength(listLength + 1);
  });

  it('has the token in one header, and not in the description of a wrong answer', () => {
    const { request, expected, forbidden } = queryFor({ dialect: 'GATEWAY', port: 4_000, token }, 'new');
    expect(request.split(token)).toHaveLength(2);
    expect(request).toContain(`\r\nauthorization: Bearer ${token}\r\n`);
    expect([...expected, ...forbidden].join()).not.toContain(token);
  });
});

import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLog } from '../../src/platform/log.js';
import { useTracer } from '../../src/platform/tracing/tracing.js';

/** The line that `write` makes, parsed. */
const lineOf = (write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown> => {
  const lines: string[] = [];
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });
  write(createLog('info', destination));
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '');
};

const secrets = { authorization: 'Bearer s', key: 's', token: 's', headers: { cookie: 's' } };
const cut = { authorization: '[cut]', key: '[cut]', token: '[cut]', headers: '[cut]' };

test('a line has no fact that is named like a credential', () => {
  const line = lineOf((log) => log.info({ ...secrets, kept: 1, absent: undefined }, 'text'));
  expect(line).toMatchObject({ level: 30, msg: 'text', kept: 1, ...cut });
  expect(line).not.toHaveProperty('absent');
});

test('an object among the facts has none either, and is not changed', () => {
  const request = { ...secrets, path: '/graphql' };
  expect(lineOf((log) => log.warn({ request, none: null, list: [1] }, 'text'))).toMatchObject({
    request: { ...cut, path: '/graphql' },
    none: null,
    list: [1],
  });
  expect(request).toMatchObject(secrets);
});

test('an error that a library gave credentials is written without them', () => {
  const error = Object.assign(new Error('refused'), secrets, { code: 'E1' });
  const { err } = lineOf((log) => log.error({ err: error }, 'text'));
  expect(err).toMatchObject({ type: 'Error', message: 'refused', code: 'E1', ...cut });
  expect(lineOf((log) => log.error(error))).toMatchObject({ msg: 'refused', err: cut });
  expect(lineOf((log) => log.error({ cause: error }, 'text'))).toMatchObject({ cause: cut });
  expect(lineOf((log) => log.error({ err: secrets }, 'text'))).toMatchObject({ err: cut });
  expect(lineOf((log) => log.error({ err: 'a text' }, 'text'))).toMatchObject({ err: 'a text' });
});

test('a line of a span has its ids', () => {
  const ids = { traceId: 'a', spanId: 'b' };
  useTracer({
    run: (_options, work) => work({ add: () => {}, fail: () => {}, traceparent: () => null }),
    running: () => null,
    ids: () => ids,
  });
  try {
    expect(lineOf((log) => log.info({ kept: 1 }, 'text'))).toMatchObject({ ...ids, kept: 1 });
  } finally {
    useTracer(null);
  }
  expect(lineOf((log) => log.info({ kept: 1 }, 'text'))).not.toHaveProperty('traceId');
});

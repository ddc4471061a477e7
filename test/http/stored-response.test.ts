import { type ExecutionResult, getOperationAST, parse, Source } from 'graphql';
import { describe, expect, it } from 'vitest';
import { PublicGraphqlError } from '../../src/http/plugins/use-error-codes.js';
import {
  responseOfMutation,
  responseOfQuery,
  restoreResponse,
  writeResponse,
} from '../../src/http/plugins/use-idempotency.js';

const error = (path?: (string | number)[]): PublicGraphqlError =>
  new PublicGraphqlError('The gateway failed.', {
    path: path ?? null,
    source: new Source('mutation {\n  a { b }\n}'),
    positions: [13],
    extensions: { code: 'INTERNAL', errorId: 'x' },
  });
const one = getOperationAST(parse('mutation { a { b } }'))!;
const several = getOperationAST(parse('mutation { a { b } b { b } }'))!;
const nothing = { charged: 0n, saved: 0n, reserved: 0n };

const repeated = (response: ReturnType<typeof responseOfMutation>, tally = nothing) => {
  const stored = response === null ? null : writeResponse(response, tally);
  if (stored === null) return null;
  const restored = { ...nothing };
  const result = restoreResponse(stored, error().source ?? null, restored);
  expect(restored).toEqual(tally);
  const plain: unknown = JSON.parse(JSON.stringify(result));
  return plain;
};
const partlyRun = (message: RegExp) => ({
  data: null,
  errors: [{ message: expect.stringMatching(message) }],
});

describe('stores the response of a mutation', () => {
  it('with its data when it succeeded', () => {
    expect(repeated(responseOfMutation({ data: { a: { b: 1 } } }, one))).toEqual({ data: { a: { b: 1 } } });
  });

  it('with its data and errors when a field of a change could not be read', () => {
    const result = { data: { a: { b: null } }, errors: [error(['a', 'b'])] };
    expect(repeated(responseOfMutation(result, one))).toEqual(JSON.parse(JSON.stringify(result)));
  });

  it.each([
    ['nothing of a change could be read', error(['a', 'b']), one],
    ['one of several changes failed', error(['b']), several],
  ])('with a report of partial execution when %s', (_, fault, operation) => {
    const response = responseOfMutation({ data: null, errors: [fault] }, operation);
    expect(repeated(response)).toMatchObject(partlyRun(/some of its changes may have been made/));
  });
});

describe('stores the response of a query', () => {
  const spent = { charged: 9n, saved: 1n, reserved: 0n };

  it('with its data and its credits when it succeeded', () => {
    expect(repeated(responseOfQuery({ data: { a: 1 } }, spent), spent)).toEqual({ data: { a: 1 } });
  });

  it('with its data and errors when a field could not be read', () => {
    const result = { data: { a: { b: null } }, errors: [error(['a', 'b'])] };
    expect(repeated(responseOfQuery(result, spent), spent)).toEqual(JSON.parse(JSON.stringify(result)));
  });

  it.each([
    ['had charged', spent],
    ['holds a reservation', { ...nothing, reserved: 9n }],
  ])('with a report of partial execution when it failed and %s', (_, tally) => {
    const response = responseOfQuery({ data: null, errors: [error(['a'])] }, tally);
    expect(repeated(response, tally)).toMatchObject(partlyRun(/some of its lookups had spent credits/));
  });
});

describe('stores nothing, so that a repeat runs again,', () => {
  it.each<[string, ExecutionResult, typeof one]>([
    ['the one change failed', { data: null, errors: [error(['a'])] }, one],
    ['nothing was run', { errors: [error()] }, one],
    ['none of several was run', { errors: [error()] }, several],
  ])('when %s', (_, result, operation) => {
    expect(responseOfMutation(result, operation)).toBeNull();
  });

  it.each<[string, ExecutionResult]>([
    ['a query failed before it spent anything', { data: null, errors: [error(['a'])] }],
    ['a query was not run', { errors: [error()] }],
  ])('when %s', (_, result) => {
    expect(responseOfQuery(result, nothing)).toBeNull();
  });

  it('when a response is nested too deeply to be written', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 20_000; level += 1) deep = [deep];
    expect(writeResponse({ data: { a: deep } }, nothing)).toBeNull();
  });
});

it('restores a response that was stored before responses had credits', () => {
  const tally = { ...nothing };
  expect(restoreResponse('{"data":{"a":1}}', null, tally)).toEqual({ data: { a: 1 } });
  expect(tally).toEqual(nothing);
});

import { Source } from 'graphql';
import { describe, expect, it } from 'vitest';
import { PublicGraphqlError } from '../../src/http/plugins/public-graphql-error.js';
import { storedResponse, restoreResponse } from '../../src/http/plugins/stored-response.js';

const error = (path?: (string | number)[]): PublicGraphqlError =>
  new PublicGraphqlError('The gateway failed.', {
    path: path ?? null,
    source: new Source('mutation {\n  a { b }\n}'),
    positions: [13],
    extensions: { code: 'INTERNAL', errorId: 'x' },
  });
const repeated = (kept: string | null) =>
  kept === null ? null : JSON.parse(JSON.stringify(restoreResponse(kept, error().source ?? null)));
const told = { data: null, errors: [{ message: expect.stringMatching(/part of the way/) }] };

describe('a repeat of a mutation is answered', () => {
  it('with the same data', () => {
    expect(repeated(storedResponse({ data: { a: { b: 1 } } }, true))).toEqual({ data: { a: { b: 1 } } });
  });

  it('with the same data and errors, where the change was made and something of it could not be read', () => {
    const result = { data: { a: { b: null } }, errors: [error(['a', 'b'])] };
    expect(repeated(storedResponse(result, true))).toEqual(JSON.parse(JSON.stringify(result)));
  });

  it('with what is known, where the change was made and nothing of it could be read', () => {
    expect(repeated(storedResponse({ data: null, errors: [error(['a', 'b'])] }, true))).toMatchObject(told);
  });

  it('with what is known, where one of several changes failed', () => {
    expect(repeated(storedResponse({ data: null, errors: [error(['b'])] }, false))).toMatchObject(told);
  });
});

describe('a repeat of a mutation is run again', () => {
  it.each([
    ['the one change failed', { data: null, errors: [error(['a'])] }, true],
    ['nothing was run', { errors: [error()] }, true],
    ['none of several was run', { errors: [error()] }, false],
  ])('where %s', (_, result, isOneChange) => {
    expect(storedResponse(result, isOneChange)).toBeNull();
  });
});

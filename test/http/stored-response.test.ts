import { Source } from 'graphql';
import { describe, expect, it } from 'vitest';
import { PublicGraphqlError } from '../../src/http/plugins/use-error-codes.js';
import { restoreResponse, storedResponse } from '../../src/http/plugins/use-idempotency.js';

const error = (path?: (string | number)[]): PublicGraphqlError =>
  new PublicGraphqlError('The gateway failed.', {
    path: path ?? null,
    source: new Source('mutation {\n  a { b }\n}'),
    positions: [13],
    extensions: { code: 'INTERNAL', errorId: 'x' },
  });
const repeated = (stored: string | null) =>
  stored === null ? null : JSON.parse(JSON.stringify(restoreResponse(stored, error().source ?? null)));
const partlyRun = {
  data: null,
  errors: [{ message: expect.stringMatching(/some of its changes may have been made/) }],
};

describe('stores the response of a mutation', () => {
  it('with its data when it succeeded', () => {
    expect(repeated(storedResponse({ data: { a: { b: 1 } } }, true))).toEqual({ data: { a: { b: 1 } } });
  });

  it('with its data and errors when a field of a change could not be read', () => {
    const result = { data: { a: { b: null } }, errors: [error(['a', 'b'])] };
    expect(repeated(storedResponse(result, true))).toEqual(JSON.parse(JSON.stringify(result)));
  });

  it('with a report of partial execution when nothing of a change could be read', () => {
    expect(repeated(storedResponse({ data: null, errors: [error(['a', 'b'])] }, true))).toMatchObject(
      partlyRun,
    );
  });

  it('with a report of partial execution when one of several changes failed', () => {
    expect(repeated(storedResponse({ data: null, errors: [error(['b'])] }, false))).toMatchObject(partlyRun);
  });
});

describe('stores nothing, so that a repeat runs again,', () => {
  it.each([
    ['the one change failed', { data: null, errors: [error(['a'])] }, true],
    ['nothing was run', { errors: [error()] }, true],
    ['none of several was run', { errors: [error()] }, false],
  ])('when %s', (_, result, isOneChange) => {
    expect(storedResponse(result, isOneChange)).toBeNull();
  });
});

import { type ExecutionResult, GraphQLError, type Source } from 'graphql';
import { PublicGraphqlError } from './public-graphql-error.js';

type KeptError = Pick<GraphQLError, 'message' | 'path' | 'positions' | 'extensions'>;
type Kept = { data?: ExecutionResult['data']; errors?: KeptError[] };

/**
 * What repeats of a mutation are answered with, as JSON; null where it failed before it had changed anything, so that
 * a repeat may try again. A request of several changes that failed on the way may have made some of them: it is not
 * run again, and its repeats are told so.
 */
export const storedResponse = ({ data, errors }: ExecutionResult, isOneChange: boolean): string | null => {
  if (errors === undefined) return JSON.stringify({ data } satisfies Kept);
  const wasRun = errors.every(({ path }) => path !== undefined);
  if (!wasRun) return null;
  if (data !== null && data !== undefined) return JSON.stringify({ data, errors: errors.map(toKept) });
  const changedNothing = isOneChange && errors.every(({ path }) => path?.length === 1);
  return changedNothing ? null : JSON.stringify({ data: null, errors: [toKept(failedOnTheWay)] });
};

/** The result behind a kept answer; `source` is the document it belongs to, for the places of its errors. */
export const restoreResponse = (kept: string, source: Source | null): ExecutionResult => {
  const { data, errors }: Kept = JSON.parse(kept);
  if (errors === undefined) return { data: data ?? null };
  return {
    data: data ?? null,
    errors: errors.map((error) => new PublicGraphqlError(error.message, { ...error, source })),
  };
};

const failedOnTheWay = new GraphQLError(
  'This request failed part of the way when it was first sent, after some of its changes may have been made: read what stands now, and send the rest under a new Idempotency-Key.',
  { extensions: { code: 'BAD_REQUEST' } },
);

const toKept = ({ message, path, positions, extensions }: GraphQLError): KeptError => ({
  message,
  path,
  positions,
  extensions,
});

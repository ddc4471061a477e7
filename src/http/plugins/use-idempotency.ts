import {
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type Source,
} from 'graphql';
import type { GraphQLParams, Plugin, YogaInitialContext } from 'graphql-yoga';
import { GatewayError } from '../../errors.js';
import type { GatewayContext } from '../../graphql/context.js';
import type { RunOnce } from '../../idempotency/run-once.js';
import type { Log } from '../../platform/log.js';
import { readIdempotencyKey } from '../read-headers.js';
import { PublicGraphqlError, toPublicError } from './use-error-codes.js';

/**
 * Runs a mutation with the header Idempotency-Key once, however often it is sent. Two requests are the same if their
 * document, variables (in any order) and operation name are. Queries ignore the header: repeating them changes nothing.
 */
export const useIdempotency = (runOnce: RunOnce, log: Log): Plugin<GatewayContext> => ({
  onExecute: ({ args, executeFn, setExecuteFn }) => {
    const operation = getOperationAST(args.document, args.operationName);
    if (operation?.operation !== OperationTypeNode.MUTATION) return;
    const { request, params, lookupRequest }: GatewayContext & YogaInitialContext = args.contextValue;
    const key = readIdempotencyKey(request.headers.get('idempotency-key'));
    if (key === null) return;

    setExecuteFn((given: ExecutionArgs) =>
      runOnce<ExecutionResult>(
        { caller: lookupRequest.caller, key, text: textOf(params) },
        async () => {
          const executed: ExecutionResult = await executeFn(given);
          const errors = executed.errors?.map((error) => toPublicError(error, log));
          const result = errors === undefined ? executed : { ...executed, errors };
          return { result, storedResponse: storedResponse(result, isOneChange(operation)) };
        },
        (stored) => restoreResponse(stored, args.document.loc?.source ?? null),
      ),
    );
  },
});

/**
 * The mutation with its variables in a canonical order. Throws LIMIT_EXCEEDED for variables that are nested too deeply:
 * no other code reads variables that no field takes.
 */
const textOf = ({ query, operationName, variables }: GraphQLParams): string => {
  try {
    return JSON.stringify([query, operationName ?? null, variables ?? {}], (_, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    );
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new GatewayError(
      'LIMIT_EXCEEDED',
      'The variables are nested too deeply: send them flatter. Nothing was changed.',
      { cause },
    );
  }
};

const isOneChange = ({ selectionSet: { selections } }: OperationDefinitionNode): boolean =>
  selections.length === 1 && selections[0]?.kind === Kind.FIELD;

type StoredError = Pick<GraphQLError, 'message' | 'path' | 'positions' | 'extensions'>;
type StoredResponse = { data?: ExecutionResult['data']; errors?: StoredError[] };

/**
 * The response to repeats of a mutation, as JSON; null if the mutation failed before it changed anything, so that a
 * repeat runs it again. If one of several changes failed, others may have been made: the mutation is not run again, and
 * its repeats report that.
 */
export const storedResponse = ({ data, errors }: ExecutionResult, isOneChange: boolean): string | null => {
  if (errors === undefined) return JSON.stringify({ data } satisfies StoredResponse);
  const wasRun = errors.every(({ path }) => path !== undefined);
  if (!wasRun) return null;
  if (data !== null && data !== undefined)
    return JSON.stringify({ data, errors: errors.map(toStored) } satisfies StoredResponse);
  const changedNothing = isOneChange && errors.every(({ path }) => path?.length === 1);
  return changedNothing ? null : JSON.stringify({ data: null, errors: [toStored(partlyRun)] });
};

/** The result of a stored response; `source` is its document, for the locations of errors. */
export const restoreResponse = (stored: string, source: Source | null): ExecutionResult => {
  const { data, errors }: StoredResponse = JSON.parse(stored);
  if (errors === undefined) return { data: data ?? null };
  return {
    data: data ?? null,
    errors: errors.map((error) => new PublicGraphqlError(error.message, { ...error, source })),
  };
};

const partlyRun = new GraphQLError(
  'This request failed when it was first sent, after some of its changes may have been made: read the present state, and send the remaining changes under a new Idempotency-Key.',
  { extensions: { code: 'BAD_REQUEST' } },
);

const toStored = ({ message, path, positions, extensions }: GraphQLError): StoredError => ({
  message,
  path,
  positions,
  extensions,
});

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
import { requireNotNarrowed, type TokenScopes, unrestricted } from '../../access/scopes.js';
import { GatewayError } from '../../errors.js';
import type { LookupRequest } from '../../enrichment/lookup-request.js';
import type { GatewayContext } from '../../graphql/context.js';
import type { RunOnce } from '../../idempotency/run-once.js';
import type { Log } from '../../platform/log.js';
import { requestIdHeader } from '../authenticate-caller.js';
import { readIdempotencyKey } from '../read-headers.js';
import { measureOperation } from './measure-operation.js';
import { PublicGraphqlError, toPublicError } from './use-error-codes.js';

/**
 * Runs a request with the header Idempotency-Key once, however often it is sent: mutations, and queries that may spend.
 * Two requests are the same if their document, variables (in any order) and operation name are. Queries without a lookup
 * ignore the header, and so do those over GET, which never spend: repeating them changes nothing.
 */
export const useIdempotency = (runOnce: RunOnce, log: Log): Plugin<GatewayContext> => ({
  onExecute: ({ args, executeFn, setExecuteFn }) => {
    const { request, params, lookupRequest }: GatewayContext & YogaInitialContext = args.contextValue;
    const header = request.headers.get('idempotency-key');
    const operation = getOperationAST(args.document, args.operationName);
    if (header === null || operation === null || operation === undefined) return;
    const isMutation = operation.operation === OperationTypeNode.MUTATION;
    if (!isMutation && (request.method !== 'POST' || !mayLookUp(args, operation))) return;
    const key = readIdempotencyKey(header);
    const { caller, tally } = lookupRequest;

    setExecuteFn((given: ExecutionArgs) =>
      runOnce<ExecutionResult>(
        { caller, key, text: textOf(params), returnsRecords: !isMutation },
        async () => {
          const executed: ExecutionResult = await executeFn(given);
          const own = log.child({ requestId: request.headers.get(requestIdHeader) });
          const errors = executed.errors?.map((error) => toPublicError(error, own));
          const result = errors === undefined ? executed : { ...executed, errors };
          const response = isMutation
            ? responseOfMutation(result, operation)
            : responseOfQuery(result, tally);
          const storedResponse = response === null ? null : writeResponse(response, tally, caller.scopes);
          return { result, storedResponse };
        },
        (stored) => restoreResponse(stored, args.document.loc?.source ?? null, tally, caller.scopes),
      ),
    );
  },
});

const mayLookUp = (
  { schema, document, variableValues }: ExecutionArgs,
  operation: OperationDefinitionNode,
): boolean =>
  measureOperation({
    schema,
    document,
    operation,
    variables: variableValues ?? {},
    fieldsMax: Number.POSITIVE_INFINITY,
  }).callsProvider;

/**
 * The request with its variables in a canonical order. Throws LIMIT_EXCEEDED for variables that are nested too deeply:
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
      'The variables are nested too deeply: send them flatter. Nothing was changed or spent.',
      { cause },
    );
  }
};

type Tally = LookupRequest['tally'];
type StoredError = Pick<GraphQLError, 'message' | 'path' | 'positions' | 'extensions'>;
type StoredResponse = {
  data: ExecutionResult['data'];
  errors?: StoredError[];
  /** Charged, saved and reserved, as texts; absent for a response without lookups. */
  credits?: [string, string, string];
  /** The scopes of the token then; absent where an older release stored the response. */
  scopes?: TokenScopes;
};

/**
 * The response to repeats of a mutation; null if the mutation failed before it changed anything, so that a repeat runs it
 * again. If one of several changes failed, others may have been made: the mutation is not run again, and its repeats
 * report that.
 */
export const responseOfMutation = (
  result: ExecutionResult,
  operation: OperationDefinitionNode,
): StoredResponse | null => {
  const isAtRoot = result.errors?.every(({ path }) => path?.length === 1) === true;
  return responseTo(result, isOneChange(operation) && isAtRoot, partlyChanged);
};

/**
 * The response to repeats of a query that may spend; null if it failed as a whole and had spent nothing, so that a repeat
 * runs it again. Lookups that failed are data, and part of the response.
 */
export const responseOfQuery = (
  result: ExecutionResult,
  { charged, reserved }: Tally,
): StoredResponse | null => responseTo(result, charged === 0n && reserved === 0n, partlyLookedUp);

const isOneChange = ({ selectionSet: { selections } }: OperationDefinitionNode): boolean =>
  selections.length === 1 && selections[0]?.kind === Kind.FIELD;

const responseTo = (
  { data, errors }: ExecutionResult,
  didNothing: boolean,
  partlyRun: GraphQLError,
): StoredResponse | null => {
  if (errors === undefined) return { data };
  const wasRun = errors.every(({ path }) => path !== undefined);
  if (!wasRun) return null;
  if (data !== null && data !== undefined) return { data, errors: errors.map(toStored) };
  return didNothing ? null : { data: null, errors: [toStored(partlyRun)] };
};

/** A response as JSON; null for one that is nested too deeply to be written, which is then not stored. */
export const writeResponse = (
  response: StoredResponse,
  tally: Tally,
  scopes: TokenScopes = unrestricted.scopes,
): string | null => {
  const credits = [tally.charged, tally.saved, tally.reserved].map(String);
  try {
    return JSON.stringify({ ...response, credits, scopes });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};

/**
 * The result of a stored response, whose credits become those of the request; `source` is its document, for the locations
 * of errors. Throws FORBIDDEN where the scopes of the token are narrower than they were.
 */
export const restoreResponse = (
  stored: string,
  source: Source | null,
  tally: Tally,
  scopes: TokenScopes = unrestricted.scopes,
): ExecutionResult => {
  const { data, errors, credits, scopes: earlier }: StoredResponse = JSON.parse(stored);
  if (earlier !== undefined) requireNotNarrowed(scopes, earlier);
  const [charged = 0n, saved = 0n, reserved = 0n] = credits?.map(BigInt) ?? [];
  Object.assign(tally, { charged, saved, reserved });
  if (errors === undefined) return { data: data ?? null };
  return {
    data: data ?? null,
    errors: errors.map((error) => new PublicGraphqlError(error.message, { ...error, source })),
  };
};

const partlyChanged = new GraphQLError(
  'This request failed when it was first sent, after some of its changes may have been made: read the present state, and send the remaining changes under a new Idempotency-Key.',
  { extensions: { code: 'BAD_REQUEST' } },
);

const partlyLookedUp = new GraphQLError(
  'This request failed when it was first sent, after some of its lookups had spent credits: send it again under a new Idempotency-Key. Records that were bought are returned from their snapshots.',
  { extensions: { code: 'BAD_REQUEST' } },
);

const toStored = ({ message, path, positions, extensions }: GraphQLError): StoredError => ({
  message,
  path,
  positions,
  extensions,
});

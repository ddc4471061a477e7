import {
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { GraphQLParams, Plugin, YogaInitialContext } from 'graphql-yoga';
import { GatewayError } from '../../errors.js';
import type { GatewayContext } from '../../graphql/context.js';
import type { RunOnce } from '../../idempotency/run-once.js';
import type { Log } from '../../platform/log.js';
import { storedResponse, restoreResponse } from './stored-response.js';
import { readIdempotencyKey } from '../read-idempotency-key.js';
import { codeError } from './use-error-codes.js';

/**
 * Runs a mutation with the header Idempotency-Key once, however often it is sent. The same request is the same
 * document, variables (in any order) and operation name. Queries ignore the header: repeating them changes nothing.
 */
export const useIdempotency = (runOnce: RunOnce, log: Log): Plugin<GatewayContext> => ({
  onExecute: ({ args, executeFn, setExecuteFn }) => {
    const operation = getOperationAST(args.document, args.operationName);
    if (operation?.operation !== OperationTypeNode.MUTATION) return;
    const { request, params, asking }: GatewayContext & YogaInitialContext = args.contextValue;
    const key = readIdempotencyKey(request.headers.get('idempotency-key'));
    if (key === null) return;

    setExecuteFn((given: ExecutionArgs) =>
      runOnce<ExecutionResult>(
        { caller: asking.caller, key, text: textOf(params) },
        async () => {
          const executed: ExecutionResult = await executeFn(given);
          const errors = executed.errors?.map((error) => codeError(error, log));
          const result = errors === undefined ? executed : { ...executed, errors };
          return { result, kept: storedResponse(result, isOneChange(operation)) };
        },
        (kept) => restoreResponse(kept, args.document.loc?.source ?? null),
      ),
    );
  },
});

/**
 * Everything that the mutation says, the same for the same words. Throws LIMIT_EXCEEDED for variables that are nested too
 * deeply: those that no field takes are read here alone.
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

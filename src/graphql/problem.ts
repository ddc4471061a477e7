import { type Problem as ProblemShape, GatewayError, isProblemCode } from '../errors.js';
import { builder } from './builder.js';
import { ProblemCode } from './enums.js';

export const Problem = builder.objectRef<ProblemShape>('Problem').implement({
  description: 'Why a lookup returned no record.',
  fields: (t) => ({
    code: t.expose('code', { type: ProblemCode, nullable: false, description: 'The code, for programs.' }),
    message: t.exposeString('message', {
      nullable: false,
      description: 'The message, for people: what happened and what to do.',
    }),
    retryable: t.exposeBoolean('retryable', {
      nullable: false,
      description: 'Whether the same lookup may succeed later without any change.',
    }),
    retryAfterSeconds: t.exposeInt('retryAfterSeconds', {
      description: 'How long to wait before a retry; null if unknown.',
    }),
  }),
});

type UserErrorShape = {
  code: ProblemShape['code'];
  message: string;
  field: readonly string[] | null;
};

const UserError = builder.objectRef<UserErrorShape>('UserError').implement({
  description: 'Why a change was refused.',
  fields: (t) => ({
    code: t.expose('code', { type: ProblemCode, nullable: false, description: 'The code, for programs.' }),
    message: t.exposeString('message', {
      nullable: false,
      description: 'The message, for people: what is wrong and what to do.',
    }),
    field: t.stringList({
      description: 'The path of the invalid input field, outermost first.',
      resolve: (error) => error.field,
    }),
  }),
});

/** The result of a change, or why it was refused. */
export type WithUserErrors<Done> = { done: Done | null; userErrors: UserErrorShape[] };

/**
 * Runs a change. A refusal that the caller can act on becomes data in `userErrors`; any other error is rethrown.
 */
export const withUserErrors = async <Done>(change: () => Promise<Done>): Promise<WithUserErrors<Done>> => {
  try {
    return { done: await change(), userErrors: [] };
  } catch (error) {
    if (!(error instanceof GatewayError) || !isProblemCode(error.code)) throw error;
    return { done: null, userErrors: [{ code: error.code, message: error.message, field: error.field }] };
  }
};

type Types = typeof builder.$inferSchemaTypes;

/** The field `userErrors` of a payload. */
export const userErrorsField = <Done>(
  t: PothosSchemaTypes.ObjectFieldBuilder<Types, WithUserErrors<Done>>,
  description: string,
) => t.field({ type: [UserError], nullable: false, description, resolve: ({ userErrors }) => userErrors });

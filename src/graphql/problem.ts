import type { Problem as ProblemShape } from '../errors.js';
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

export type UserErrorShape = {
  code: ProblemShape['code'];
  message: string;
  field: readonly string[] | null;
};

export const UserError = builder.objectRef<UserErrorShape>('UserError').implement({
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

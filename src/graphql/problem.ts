import type { Problem as ProblemShape } from '../errors.js';
import { builder } from './builder.js';
import { ProblemCode } from './enums.js';

export const Problem = builder.objectRef<ProblemShape>('Problem').implement({
  description: 'Why an ask came to no record, as data.',
  fields: (t) => ({
    code: t.expose('code', { type: ProblemCode, nullable: false, description: 'For programs.' }),
    message: t.exposeString('message', {
      nullable: false,
      description: 'For people: what happened, and what to do.',
    }),
    retryable: t.exposeBoolean('retryable', {
      nullable: false,
      description: 'Whether the same ask may succeed later without anybody changing anything.',
    }),
    retryAfterSeconds: t.exposeInt('retryAfterSeconds', {
      description: 'How long to wait first, where known.',
    }),
  }),
});

export type UserErrorShape = {
  code: ProblemShape['code'];
  message: string;
  field: readonly string[] | null;
};

export const UserError = builder.objectRef<UserErrorShape>('UserError').implement({
  description: 'Why a change was not made.',
  fields: (t) => ({
    code: t.expose('code', { type: ProblemCode, nullable: false, description: 'For programs.' }),
    message: t.exposeString('message', {
      nullable: false,
      description: 'For people: what is wrong, and what to do.',
    }),
    field: t.stringList({
      description: 'The input field at fault, outermost first.',
      resolve: (error) => error.field,
    }),
  }),
});

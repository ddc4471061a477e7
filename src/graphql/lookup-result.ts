import type {
  LookupResult as ResultShape,
  FieldSource as FieldSourceShape,
} from '../enrichment/lookup-result.js';
import { builder } from './builder.js';
import { Problem } from './problem.js';
import { Outcome, Receipt } from './receipt.js';
import { ProviderName } from './enums.js';

export const LookupResult = builder.interfaceRef<ResultShape<unknown>>('LookupResult').implement({
  description:
    'The result of a lookup. Lookup failures are returned as data; GraphQL errors report invalid requests.',
  fields: (t) => ({
    outcome: t.expose('outcome', { type: Outcome, nullable: false, description: 'The outcome.' }),
    receipt: t.expose('receipt', {
      type: Receipt,
      nullable: false,
      description: 'What the lookup cost and who paid.',
    }),
    problem: t.expose('problem', {
      type: Problem,
      nullable: true,
      description: 'Why there is no record; null if there is one or if none exists.',
    }),
  }),
});

export const FieldSource = builder.objectRef<FieldSourceShape>('FieldSource').implement({
  description: 'The provider of a field of a record.',
  fields: (t) => ({
    field: t.exposeString('field', {
      nullable: false,
      description: 'The field, or the part of it that was filled in, such as `emails.personal`.',
    }),
    provider: t.expose('provider', {
      type: ProviderName,
      nullable: false,
      description: 'The provider that has it.',
    }),
  }),
});

import type { FieldSource as FieldSourceShape } from '../enrichment/lookup-result.js';
import { builder } from './builder.js';
import { ProviderName } from './enums.js';

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

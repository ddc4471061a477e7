import type { FieldSource as FieldSourceShape } from '../enrichment/lookup-result.js';
import { builder } from './builder.js';
import { ProviderName } from './enums.js';

export const FieldSource = builder.objectRef<FieldSourceShape>('FieldSource').implement({
  description: 'Where a field of a record came from.',
  fields: (t) => ({
    field: t.exposeString('field', {
      nullable: false,
      description: 'The field, or a part of it where only that was filled in: `emails.personal`.',
    }),
    provider: t.expose('provider', { type: ProviderName, nullable: false, description: 'Who knew it.' }),
  }),
});

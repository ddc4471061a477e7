import type { LookupResult as ResultShape } from '../enrichment/lookup-result.js';
import { builder } from './builder.js';
import { Problem } from './problem.js';
import { Outcome, Receipt } from './receipt.js';

export const LookupResult = builder.interfaceRef<ResultShape<unknown>>('LookupResult').implement({
  description:
    'The end of one ask. Whatever befalls it is data here; GraphQL errors are for requests that are wrong.',
  fields: (t) => ({
    outcome: t.expose('outcome', { type: Outcome, nullable: false, description: 'How it ended.' }),
    receipt: t.expose('receipt', {
      type: Receipt,
      nullable: false,
      description: 'What it cost and who paid.',
    }),
    problem: t.expose('problem', {
      type: Problem,
      nullable: true,
      description: 'Why there is no record; null when there is one, or none exists.',
    }),
  }),
});

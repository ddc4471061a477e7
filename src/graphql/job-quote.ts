import { type JobQuote as JobQuoteShape, quoteOf } from '../jobs/job-quote.js';
import { builder } from './builder.js';
import { Job } from './job.js';
import { QuoteChecks, QuoteShare } from './quote.js';
import { toInt } from './scalars.js';

const JobQuote = builder.objectRef<JobQuoteShape>('JobQuote').implement({
  description: 'The price of a whole job. No provider is called, and nothing is reserved or spent.',
  fields: (t) => ({
    rows: t.exposeInt('rows', { nullable: false, description: 'The number of rows.' }),
    unlocked: t.exposeInt('unlocked', { nullable: false, description: 'Rows whose record is unlocked.' }),
    duplicates: t.exposeInt('duplicates', {
      nullable: false,
      description: 'Rows with the identifier of an earlier one.',
    }),
    invalid: t.exposeInt('invalid', { nullable: false, description: 'Rows that would be refused.' }),
    new: t.exposeInt('new', { nullable: false, description: 'Rows whose record is not unlocked.' }),
    presumed: t.exposeInt('presumed', {
      nullable: false,
      description: 'Rows with a presumed charge; looking them up settles it.',
    }),
    minCredits: t.int({
      nullable: false,
      description: 'The minimum price if all are found. Rows that are not found cost less.',
      resolve: ({ minCredits }) => toInt(minCredits),
    }),
    maxCredits: t.int({
      nullable: false,
      description: 'The maximum price.',
      resolve: ({ maxCredits }) => toInt(maxCredits),
    }),
    perProvider: t.expose('perProvider', {
      type: [QuoteShare],
      nullable: false,
      description: 'The price by provider and payer.',
    }),
    checks: t.expose('checks', {
      type: QuoteChecks,
      nullable: false,
      description: 'Whether budgets, maxCredits and balances allowed the job when the quote was made.',
    }),
  }),
});

builder.objectField(Job, 'quote', (t) =>
  t.field({
    type: JobQuote,
    description:
      'The dry run of the whole list, made for a job that is created with start: false; null while it is made, and for other jobs.',
    resolve: quoteOf,
  }),
);

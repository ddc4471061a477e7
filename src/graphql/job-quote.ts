import { type JobQuote as JobQuoteShape, quoteOf } from '../jobs/job-quote.js';
import { builder } from './builder.js';
import { Job } from './job.js';
import { priceFields } from './quote.js';

const JobQuote = builder.objectRef<JobQuoteShape>('JobQuote').implement({
  description: 'The price of a whole job. No provider is called, and nothing is reserved or spent.',
  fields: (t) => ({
    rows: t.exposeInt('rows', { nullable: false, description: 'The number of rows.' }),
    new: t.exposeInt('new', { nullable: false, description: 'Rows whose record is not unlocked.' }),
    presumed: t.exposeInt('presumed', {
      nullable: false,
      description: 'Rows with a presumed charge; looking them up settles it.',
    }),
    ...priceFields(t, 'Rows'),
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

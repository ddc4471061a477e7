import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { builder } from './builder.js';
import './scalars.js';
import './viewer.js';
import './gateway.js';
import './provider.js';
import './company.js';
import './person.js';
import './quote.js';
import './connection.js';
import './connection-mutations.js';
import './token.js';
import './token-mutations.js';
import './budget.js';
import './budget-mutations.js';
import './alert.js';
import './alert-destination-mutations.js';
import './balance.js';
import './balance-mutations.js';
import './waterfall.js';
import './people-search.js';
import './audit-event.js';
import './entry.js';
import './presumed-charge.js';
import './presumed-charge-mutations.js';
import './unlock.js';
import './unlock-mutations.js';
import './usage.js';
import './saved-view.js';
import './job.js';
import './job-row.js';
import './job-mutations.js';
import './job-quote.js';

builder.queryType({ description: 'All queries. Queries over GET never spend.' });
builder.mutationType({
  description: 'All changes. Expected failures are returned in `userErrors`.',
});
builder.subscriptionType({
  description: 'All subscriptions: streams of events, with Accept: text/event-stream.',
});

/** The schema of the API. */
export const createSchema = (): GraphQLSchema => builder.toSchema();

/** The text of schema/api.graphql, sorted by name so that a change is a small diff. */
export const printApi = (): string =>
  `# The API as it is served. Generated from src/graphql: npm run generate:api\n\n${printSchema(lexicographicSortSchema(createSchema()))}\n`;

import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.js';
import './scalars.js';
import './node.js';
import './viewer.js';
import './provider.js';
import './company.js';
import './person.js';
import './quote.js';
import './connection.js';
import './connection-mutations.js';
import './token.js';
import './budget.js';
import './budget-mutations.js';
import './webhook-secret.js';
import './balance.js';
import './balance-mutations.js';
import './waterfall.js';
import './waterfall-mutations.js';
import './people-search.js';
import './entry.js';
import './unlock.js';
import './import-unlocks.js';
import './forget.js';
import './usage.js';
import './node-query.js';

builder.queryType({ description: 'All queries. Queries over GET never spend.' });
builder.mutationType({
  description: 'All changes. Expected failures are returned in `userErrors`.',
});

/** Builds the API's schema out of all its nouns. */
export const createSchema = (): GraphQLSchema => builder.toSchema();

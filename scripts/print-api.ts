import { lexicographicSortSchema, printSchema } from 'graphql';
import { createSchema } from '../src/graphql/schema.js';

/** The text of schema/api.graphql: the whole API in the order of names, so that a change shows as a small diff. */
export const printApi = (): string =>
  `# The API as it is served. Generated from src/graphql: npm run generate:api\n\n${printSchema(lexicographicSortSchema(createSchema()))}\n`;

import { GraphQLError } from 'graphql';

/** A GraphQL error that is fit for callers: coded, masked where need be, and logged if it was unforeseen. */
export class PublicGraphqlError extends GraphQLError {}

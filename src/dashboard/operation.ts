/** A GraphQL operation with the shapes of what goes in and comes out. */
export type Operation<Variables extends object, Data> = {
  /** The operation's name, as GraphiQL titles its tab. */
  name: string;
  text: string;
  /** Never set: it ties the two shapes to the text. */
  shapes?: (variables: Variables) => Data;
};

/** Where GraphiQL shows an operation with its variables, ready to run. */
export const graphiqlLink = (text: string, variables: object): string =>
  `/graphql?${new URLSearchParams({ query: text, variables: JSON.stringify(variables, null, 2) }).toString()}`;

/** Why a change was refused. */
export type UserError = { message: string; field: string[] | null };

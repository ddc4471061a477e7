import type postgres from 'postgres';

/**
 * A connection of postgres.js 3.4, as the internal option `onexecute` of a query gets it. A connection that has closed still
 * takes the queries of its transaction, such as the rollback, and the process ends with an uncaught error of the socket
 * that is gone; one that is terminated rejects them.
 */
export type Connection = { terminate: () => void };

/** A query of postgres.js as its handler gets it. */
export type ExecutedQuery = Promise<unknown> & { reject: (error: unknown) => void };

/** The function with which a client executes the queries that it makes: an internal of postgres.js 3.4. */
export const handlerOf = (client: postgres.Sql): ((query: ExecutedQuery) => void) => {
  const handler: unknown = Reflect.get(client``, 'handler');
  if (typeof handler !== 'function') throw new Error('this release of postgres.js has no query handlers');
  return (query) => void handler(query);
};

/** The first query of a client with one connection, which is passed on. */
export const firstQueryOf = (
  client: postgres.Sql,
  onConnection: (connection: Connection) => void,
): postgres.PendingQuery<postgres.Row[]> => {
  const options = {
    prepare: false,
    onexecute: (connection: Connection): boolean => {
      onConnection(connection);
      return true;
    },
  };
  return client.unsafe('select 1', [], options);
};

import type postgres from 'postgres';

/**
 * One client for the life of the process, which replaces the postgres.js client behind it as soon as one of its
 * connections closes. A connection of postgres.js 3.4 accepts queries between the error of its socket and its close,
 * never answers them, and sends what was unsent to the next server it connects to: after a restart of PostgreSQL,
 * queries hung forever (5,300 of 5,600 in a test that cut connections). Queries in progress on the replaced client fail
 * with CONNECTION_DESTROYED.
 */
export const reconnectingClient = (open: (onClosed: () => void) => postgres.Sql): postgres.Sql => {
  let ended = false;
  const next = (): postgres.Sql => {
    const client = open(() => {
      if (ended || client !== current) return;
      current = next();
      // Drizzle sets its own parsers and serializers on the client that it is given.
      Object.assign(current.options.parsers, client.options.parsers);
      Object.assign(current.options.serializers, client.options.serializers);
      client.end({ timeout: 0 }).catch(() => {});
    });
    return client;
  };
  let current = next();
  const end: postgres.Sql['end'] = (options) => {
    ended = true;
    return current.end(options);
  };
  // Without fetch_types, postgres.js never resolves reserve() when it has to open the first connection.
  const reserve: postgres.Sql['reserve'] = async () => {
    await current`select 1`;
    return current.reserve();
  };
  return new Proxy(current, {
    apply: (_, __, given: Parameters<postgres.Sql>) => current(...given),
    get: (_, name) => (name === 'end' ? end : name === 'reserve' ? reserve : Reflect.get(current, name)),
  });
};

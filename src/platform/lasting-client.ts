import type postgres from 'postgres';

/**
 * One client for as long as the process lives, although each that stands behind it is thrown away as soon as one of
 * its connections has closed. A connection of postgres.js 3.4 still takes queries between the error of its socket and
 * its close, never answers them, and carries what was left unsent over to the next server it is connected to: after a
 * restart of PostgreSQL, queries hung for ever (5,300 of 5,600 in a test that cut connections). What is under way on
 * the client that goes fails as CONNECTION_DESTROYED.
 */
export const reconnectingClient = (open: (onClosed: () => void) => postgres.Sql): postgres.Sql => {
  let ended = false;
  const next = (): postgres.Sql => {
    const client = open(() => {
      if (ended || client !== current) return;
      current = next();
      // Drizzle sets how values are written and read on the client that it is given.
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
  // Without the fetching of types, a first connection that is opened in order to be reserved is never handed over.
  const reserve: postgres.Sql['reserve'] = async () => {
    await current`select 1`;
    return current.reserve();
  };
  return new Proxy(current, {
    apply: (_, __, given: Parameters<postgres.Sql>) => current(...given),
    get: (_, name) => (name === 'end' ? end : name === 'reserve' ? reserve : Reflect.get(current, name)),
  });
};

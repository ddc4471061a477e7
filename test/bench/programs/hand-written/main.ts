import { createServer } from 'node:http';
import { GraphQLError } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { readConfig } from '../../../../src/config/config.js';
import { openEmbedded } from '../../../../src/platform/embedded/open-embedded.js';
import { newId } from '../../../../src/platform/ids.js';
import { createLog } from '../../../../src/platform/log.js';
import { runService } from '../../../../src/platform/run-service.js';
import { createLookups } from './lookups.js';
import { openHandWritten } from './open-hand-written.js';
import { createProvider } from './provider.js';
import { createSchema } from './schema.js';

/**
 * What a team would write by hand with the gateway's own packages: Yoga, Pothos, Drizzle, undici and zod. It writes the
 * same rows as the gateway for a lookup: a durable reservation against a budget before the call, and the entry, the
 * unlock, four identifiers and the snapshot after it, each in a transaction of its own, so that nothing is locked during
 * a call. Known records are answered from their snapshot, with an entry.
 *
 * It does less than the gateway: one workspace, one budget, one key, no rate limit, waterfalls, circuit breaker, sums for
 * reports or presumed charges, and a reservation that a crash leaves stays. Its server and its tables are of its own; the
 * server is started as the gateway starts its.
 */
await runService(async (opened) => {
  const { dataDir, bootstrapToken, firmableBaseUrl, databaseConnectionsMax } = readConfig(process.env);
  const server = await openEmbedded({ dataDir, connectionsMax: 100, log: createLog('silent') });
  opened.push(server);
  if (!('socketDir' in server.address)) throw new Error('the server has no socket');
  const account = { workspaceId: newId(), tokenId: newId() };
  const { db, close } = await openHandWritten(server.address, {
    connectionsMax: databaseConnectionsMax,
    workspaceId: account.workspaceId,
  });
  opened.push({ close });

  const provider = createProvider(firmableBaseUrl, 'fbl_bench');
  opened.push(provider);
  const authorization = `Bearer ${bootstrapToken}`;
  const yoga = createYoga({
    schema: createSchema(createLookups(db, provider, account)),
    context: ({ request }) => {
      if (request.headers.get('authorization') !== authorization)
        throw new GraphQLError('The token is unknown.', { extensions: { code: 'UNAUTHENTICATED' } });
      return {};
    },
    graphiql: false,
    logging: false,
  });
  const http = createServer((request, response) => void yoga(request, response));
  http.listen(0, '127.0.0.1', () => {
    const address = http.address();
    if (address !== null && typeof address !== 'string') console.log(`http://127.0.0.1:${address.port}`);
  });
});

import { createServer } from 'node:http';
import { createYoga } from 'graphql-yoga';
import { runService } from '../../../../src/platform/run-service.js';
import { countBatches } from '../count-batches.js';
import { createSchema } from '../hand-written/schema.js';
import { everyRow } from './every-row.js';
import { openInserts } from './open-inserts.js';

/**
 * The limit of a gateway on Yoga: the schema of the hand-written gateway, and its rows by plain inserts. No token, no
 * budget, no look at what is known, no log.
 */
await runService(async (opened) => {
  const lookUp = await openInserts(opened, everyRow);
  const schema = createSchema((domains) =>
    Promise.all(
      domains.map(async (domain) => {
        const { company } = await lookUp(domain);
        return { outcome: 'FOUND', receipt: { charge: 'CHARGED' }, company: company() };
      }),
    ),
  );
  const yoga = createYoga({ schema, graphiql: false, logging: false });
  const batches = countBatches();
  const server = createServer((request, response) => {
    if (request.url === '/metrics') response.end(batches());
    else void yoga(request, response);
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address !== 'string') console.log(`http://127.0.0.1:${address.port}`);
  });
});

// Hive Gateway, the successor of GraphQL Mesh, over Firmable's REST API as its tools describe it: supergraph.graphql was
// composed by mesh-compose from an OpenAPI document of GET /company. This is the runtime that its command line starts.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import rest from '@graphql-mesh/transport-rest';
import { announcePort } from './announce-port.mjs';

const supergraph = readFileSync(new URL('supergraph.graphql', import.meta.url), 'utf8')
  .replaceAll('http://127.0.0.1:1', process.env.UPSTREAM_URL ?? '')
  .replaceAll('Bearer KEY', `Bearer ${process.env.UPSTREAM_KEY}`);

const gateway = createGatewayRuntime({
  supergraph,
  transports: { rest },
  graphiql: false,
  landingPage: false,
  logging: false,
});
const server = createServer((request, response) => void gateway(request, response));
server.listen(0, '127.0.0.1', () => announcePort(server));

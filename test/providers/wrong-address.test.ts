import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clients } from './clients.js';
import { json } from './firmable/start-upstream.js';
import { scenarioOf } from './scenario.js';

const page = '<!doctype html><title>404 Not Found</title><center>nginx</center>';
const send =
  (status: number, type: string, body: string) =>
  (response: ServerResponse): unknown =>
    response.writeHead(status, type === '' ? {} : { 'content-type': type }).end(body);

/** What answers in the place of a provider, where its address is wrong or a proxy is in between. */
const foreign: [string, (response: ServerResponse) => unknown][] = [
  ['a 404 with an HTML page', send(404, 'text/html', page)],
  ['a 404 with an HTML page without a type', send(404, '', page)],
  ['a 404 with a plain text', send(404, 'text/plain', 'default backend - 404')],
  ['a 404 without a body', send(404, '', '')],
  ['a 404 with a list', (to) => json(to, 404, [])],
  ['a 404 of a gateway', (to) => json(to, 404, { message: 'no Route matched with those values' })],
  ['a 404 of a cloud', (to) => json(to, 404, { message: 'Not Found' })],
  ['a 404 of Rails', (to) => json(to, 404, { status: 404, error: 'Not Found' })],
  ['a 404 of Spring', (to) => json(to, 404, { status: 404, error: 'Not Found', path: '/company' })],
  [
    'a 404 of Fastify',
    (to) => json(to, 404, { statusCode: 404, error: 'Not Found', message: 'Route GET:/company not found' }),
  ],
  ['a 404 of FastAPI', (to) => json(to, 404, { detail: 'Not Found' })],
  ['a 405 of a file server', send(405, 'text/html', page)],
  ['a 400 of a TLS port', send(400, 'text/html', page)],
  ['a 400 with a plain text', send(400, 'text/plain', 'Bad Request')],
  ['a 403 with an HTML page', send(403, 'text/html; charset=utf-8', page)],
  ['a 407 of a proxy', send(407, 'text/plain', 'Proxy Authentication Required')],
  ['a portal to sign in', send(200, 'text/html', '<html>Welcome to the guest network</html>')],
  ['a portal without a type', send(200, '', '\n <HTML>Sign in</HTML>')],
  ['a redirect to a portal', (to) => to.writeHead(302, { location: 'https://portal.example/login' }).end()],
  ['a redirect to https', (to) => to.writeHead(308, { location: 'https://other.example/' }).end()],
];

describe.each(clients)('the client of $title', (clientCase) => {
  const { byDomain, byEmail } = clientCase;
  const wrong = { kind: 'BROKEN', code: 'PROVIDER_ADDRESS_WRONG', sent: true };

  it.each(foreign)('returns a fault and accepts no key when it gets %s', async (_, answer) => {
    const scenario = await scenarioOf(clientCase, (response) => answer(response));
    const { provider, call } = scenario;
    expect(await provider.findCompany(call, byDomain)).toMatchObject(wrong);
    expect(await provider.findPerson(call, byEmail)).toMatchObject(wrong);
    expect(await provider.verify(call)).toMatchObject(wrong);
    const search = { companyId: 'f000000117274', country: 'AU', from: 0, size: 10 } as const;
    const filter = { position: null, seniority: null, department: null };
    const found = await provider.searchPeople?.(call, { ...search, ...filter });
    expect(found ?? wrong).toMatchObject(wrong);
  });

  it.each([
    ['a status', { status: 'ok' }],
    ['a message', { message: 'Please sign in' }],
  ])('accepts no key when HTTP 200 has %s in JSON', async (_, body) => {
    const scenario = await scenarioOf(clientCase, (response) => json(response, 200, body));
    expect(await scenario.provider.verify(scenario.call)).not.toMatchObject({ kind: 'ACCEPTED' });
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).not.toMatchObject({
      kind: 'NOT_FOUND',
    });
  });
});

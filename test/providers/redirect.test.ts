import { describe, expect, it, onTestFinished } from 'vitest';
import { json, startUpstream } from './firmable/start-upstream.js';
import { scenarioOf } from './scenario.js';
import { clients } from './clients.js';

describe.each(clients)('the client of $title', (clientCase) => {
  const { byDomain, byEmail, companyBody, companyUrl, keyHeader } = clientCase;

  it.each([307, 308])(
    'follows a %i on the same host with the key, each request with a permit',
    async (status) => {
      const scenario = await scenarioOf(clientCase, (response, seen) => {
        if (seen.url === companyUrl) response.writeHead(status, { location: '/v2/record?x=1' }).end();
        else json(response, 200, companyBody);
      });
      expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({ kind: 'FOUND' });
      expect(scenario.seen.map(({ url }) => url)).toEqual([companyUrl, '/v2/record?x=1']);
      expect(scenario.seen[1]?.headers[keyHeader[0]]).toBe(keyHeader[1]);
      expect(scenario.permits()).toBe(2);
    },
  );

  it.each(['absolute', 'without scheme'])('does not follow a redirect to another host (%s)', async (how) => {
    const thief = await startUpstream((response) => json(response, 200, companyBody));
    onTestFinished(thief.close);
    const location =
      how === 'absolute' ? `${thief.url}/company` : `${thief.url.slice('http:'.length)}/company`;
    const scenario = await scenarioOf(clientCase, (response) => response.writeHead(307, { location }).end());
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({
      kind: 'BROKEN',
      sent: true,
    });
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toMatchObject({
      kind: 'BROKEN',
      sent: true,
    });
    expect(thief.seen).toEqual([]);
    expect(scenario.seen).toHaveLength(2);
  });

  it.each([301, 302, 303, 304])('does not follow a %i', async (status) => {
    const scenario = await scenarioOf(clientCase, (response) =>
      response.writeHead(status, { location: '/elsewhere' }).end(),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({
      kind: 'BROKEN',
      sent: true,
    });
    expect(scenario.seen).toHaveLength(1);
  });

  it.each([undefined, 'http://[', 'javascript:alert(1)'])('does not follow a 307 to %s', async (location) => {
    const scenario = await scenarioOf(clientCase, (response) =>
      response.writeHead(307, location === undefined ? {} : { location }).end(),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({
      kind: 'BROKEN',
      sent: true,
    });
    expect(scenario.seen).toHaveLength(1);
  });

  it('stops after three redirects', async () => {
    const scenario = await scenarioOf(clientCase, (response) =>
      response.writeHead(307, { location: companyUrl }).end(),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({
      kind: 'BROKEN',
      sent: true,
    });
    expect(scenario.seen).toHaveLength(4);
  });
});

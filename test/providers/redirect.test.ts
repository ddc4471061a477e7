import { describe, expect, onTestFinished, test } from 'vitest';
import { json, startUpstream } from './firmable/start-upstream.js';
import { scenarioOf } from './scenario.js';
import { subjects } from './subjects.js';

describe.each(subjects)('of $title', (subject) => {
  const { byDomain, byEmail, companyBody, companyUrl, keyHeader } = subject;

  test.each([307, 308])(
    'a %i on the same host is followed with the key, each step in its turn',
    async (status) => {
      const scenario = await scenarioOf(subject, (response, seen) => {
        if (seen.url === companyUrl) response.writeHead(status, { location: '/v2/record?x=1' }).end();
        else json(response, 200, companyBody);
      });
      expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({ kind: 'FOUND' });
      expect(scenario.seen.map(({ url }) => url)).toEqual([companyUrl, '/v2/record?x=1']);
      expect(scenario.seen[1]?.headers[keyHeader[0]]).toBe(keyHeader[1]);
      expect(scenario.turns()).toBe(2);
    },
  );

  test.each(['absolute', 'without scheme'])(
    'a redirect to another host (%s) is not followed: the key never goes there',
    async (how) => {
      const thief = await startUpstream((response) => json(response, 200, companyBody));
      onTestFinished(thief.close);
      const location =
        how === 'absolute' ? `${thief.url}/company` : `${thief.url.slice('http:'.length)}/company`;
      const scenario = await scenarioOf(subject, (response) => response.writeHead(307, { location }).end());
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
    },
  );

  test.each([301, 302, 303, 304])('a %i is not followed', async (status) => {
    const scenario = await scenarioOf(subject, (response) =>
      response.writeHead(status, { location: '/elsewhere' }).end(),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({
      kind: 'BROKEN',
      sent: true,
    });
    expect(scenario.seen).toHaveLength(1);
  });

  test.each([undefined, 'http://[', 'javascript:alert(1)'])(
    'a 307 to %s is not followed',
    async (location) => {
      const scenario = await scenarioOf(subject, (response) =>
        response.writeHead(307, location === undefined ? {} : { location }).end(),
      );
      expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({
        kind: 'BROKEN',
        sent: true,
      });
      expect(scenario.seen).toHaveLength(1);
    },
  );

  test('a redirect in a circle ends after three', async () => {
    const scenario = await scenarioOf(subject, (response) =>
      response.writeHead(307, { location: companyUrl }).end(),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({
      kind: 'BROKEN',
      sent: true,
    });
    expect(scenario.seen).toHaveLength(4);
  });
});

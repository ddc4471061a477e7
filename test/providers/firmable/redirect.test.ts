import { expect, onTestFinished, test } from 'vitest';
import { sceneOf } from './ask-upstream.js';
import { byDomain, fullCompany, key } from './examples.js';
import { json, startUpstream } from './start-upstream.js';

const search = {
  companyId: 'f000000067890',
  country: 'AU',
  position: null,
  seniority: 3,
  department: null,
  from: 0,
  size: 10,
} as const;

test.each([307, 308])('a %i of the search is followed with method, body and key', async (status) => {
  const scene = await sceneOf((response, seen) => {
    if (seen.url === '/people/search') response.writeHead(status, { location: '/v2/search?x=1' }).end();
    else json(response, 200, { success: true, records: [{ person_id: 'fp1' }], total: 1 });
  });
  const asked = await scene.firmable.searchPeople(scene.call, search);
  expect(asked).toMatchObject({ kind: 'FOUND', total: 1, people: [{ id: 'fp1' }] });
  const [first, second] = scene.seen;
  expect(second).toMatchObject({ method: 'POST', url: '/v2/search?x=1', body: first?.body });
  expect(second?.headers).toMatchObject({
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
  });
  expect(scene.turns()).toBe(2);
});

test.each(['absolute', 'without scheme'])(
  'a redirect to another host (%s) is not followed: the key never goes there',
  async (how) => {
    const thief = await startUpstream((response) => json(response, 200, fullCompany));
    onTestFinished(thief.close);
    const location =
      how === 'absolute' ? `${thief.url}/company` : `${thief.url.slice('http:'.length)}/company`;
    const scene = await sceneOf((response) => response.writeHead(307, { location }).end());
    expect(await scene.firmable.findCompany(scene.call, byDomain)).toMatchObject({
      kind: 'BROKEN',
      sent: true,
    });
    expect(await scene.firmable.searchPeople(scene.call, search)).toMatchObject({
      kind: 'BROKEN',
      sent: true,
    });
    expect(thief.seen).toEqual([]);
    expect(scene.seen).toHaveLength(2);
  },
);

test.each([301, 302, 303, 304])('a %i is not followed', async (status) => {
  const scene = await sceneOf((response) => response.writeHead(status, { location: '/elsewhere' }).end());
  expect(await scene.firmable.findCompany(scene.call, byDomain)).toMatchObject({
    kind: 'BROKEN',
    sent: true,
  });
  expect(scene.seen).toHaveLength(1);
});

test.each([undefined, 'http://[', 'javascript:alert(1)'])('a 307 to %s is not followed', async (location) => {
  const scene = await sceneOf((response) =>
    response.writeHead(307, location === undefined ? {} : { location }).end(),
  );
  expect(await scene.firmable.findCompany(scene.call, byDomain)).toMatchObject({
    kind: 'BROKEN',
    sent: true,
  });
  expect(scene.seen).toHaveLength(1);
});

test('a redirect in a circle ends after three', async () => {
  const scene = await sceneOf((response) => response.writeHead(307, { location: '/company' }).end());
  expect(await scene.firmable.findCompany(scene.call, byDomain)).toMatchObject({
    kind: 'BROKEN',
    sent: true,
  });
  expect(scene.seen).toHaveLength(4);
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../http/start-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

const words = (text: string): string[] => [...text.matchAll(/`(\w+)`/g)].map(([, word = '']) => word);

it('every export that the README fetches is there, and needs the token', async () => {
  const commands = [...readme.matchAll(/^curl .*"http:\/\/127\.0\.0\.1:4000(\/export\/\S+)"$/gm)];
  expect(commands.length).toBeGreaterThan(3);
  for (const [command, path] of commands) {
    expect(command).toContain('-H "Authorization: Bearer $TOKEN"');
    const headers = { authorization: `Bearer ${gateway.token}` };
    const statuses = [
      await fetch(`${gateway.url}${path}`, { headers }),
      await fetch(`${gateway.url}${path}`),
    ];
    expect([path, ...statuses.map(({ status }) => status)]).toEqual([path, 200, 401]);
  }
});

it('every parameter in the table of exports is taken', async () => {
  const values: Record<string, string> = {
    from: '2026-11-01',
    to: '2026-12-01',
    timeZone: 'Australia/Sydney',
    groupBy: 'WORKFLOW',
    // With every use of a record alone, and all filters are given here.
    chargeback: 'false',
    charge: 'CHARGED',
    provider: 'FIRMABLE',
    operation: 'PERSON',
    workflow: 'crm-sync',
    outcome: 'FOUND',
    payer: 'CONNECTION',
    sandbox: 'true',
    connection: 'con_018f0000-0000-7000-8000-000000000001',
    token: 'tok_018f0000-0000-7000-8000-000000000001',
  };
  const labels = words(/^Labels are (.*?);/ms.exec(readme)?.[1] ?? '');
  expect(labels).toHaveLength(8);
  for (const name of ['entries', 'usage', 'unlocks', 'records']) {
    const row = new RegExp(`^\\| \`${name}\` \\| (.*?) \\|`, 'm').exec(readme)?.[1] ?? '';
    const taken = row.startsWith('the same')
      ? ['operation', 'connection', 'sandbox']
      : [...words(row), ...(row.includes('labels') ? labels : [])];
    const query = new URLSearchParams(taken.map((word): [string, string] => [word, values[word] ?? '']));
    const response = await fetch(`${gateway.url}/export/${name}.csv?${query.toString()}`, {
      headers: { authorization: `Bearer ${gateway.token}` },
    });
    expect([name, response.status, response.ok ? '' : await response.text()]).toEqual([name, 200, '']);
  }
});

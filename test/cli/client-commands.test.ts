import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flagship, samplePeople } from '../../src/sandbox/samples.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';
import { type Ran, runClient } from './run-client.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const run = (...words: string[]): Promise<Ran> => runClient(gateway, words);
const linesOf = (text: string): string[] => text.trim().split('\n');

describe('lookup', () => {
  it('prints the record and the receipt when a company is looked up by any identifier', async () => {
    const first = await run('lookup', 'company', flagship.domain, '--workflow', 'cli');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^FOUND\n/);
    expect(first.stdout).toMatch(/^ {2}name +Harbourline$/m);
    const again = await run(
      'lookup',
      'company',
      '34 999 000 001',
      '--fields',
      'name,identifiers.abn',
      '--json',
    );
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({
      outcome: 'FOUND',
      company: { name: 'Harbourline', identifiers: { abn: flagship.abn } },
      receipt: { charge: 'ALREADY_UNLOCKED', creditsCharged: 0, creditsSaved: 1 },
    });
  });

  it('prints one JSON document when a person is looked up with --json', async () => {
    const [person] = samplePeople;
    const found = await run('lookup', 'person', person?.workEmail ?? '', '--json', '--fields', 'name');
    expect(JSON.parse(found.stdout)).toMatchObject({ outcome: 'FOUND', person: { name: person?.name } });
  });

  it.each([
    ['0 when there is no such record', ['company', '--domain', 'nobody-has-this.example'], 0, 'NOT_FOUND'],
    ['5 when the lookup is refused', ['company', 'gmail.com'], 5, 'INVALID_IDENTIFIER'],
    [
      '5 when it may spend nothing',
      ['company', '--id', 'f000000100019', '--max-credits', '0'],
      5,
      'MAX_CREDITS',
    ],
    ['2 when two identifiers are given', ['company', 'a.example', '--id', 'f1'], 2, 'exactly one identifier'],
    ['2 when an option is unknown', ['company', 'a.example', '--fast'], 2, "unknown option '--fast'"],
    [
      '1 when there is no such connection',
      ['company', 'a.example', '--connection', 'Nope'],
      1,
      'no connection "Nope"',
    ],
  ])('exits with %s', async (_, words, code, said) => {
    const ran = await run('lookup', ...words);
    expect([ran.code, ran.stdout + ran.stderr]).toEqual([code, expect.stringContaining(said)]);
  });
});

describe('exits with 2', () => {
  it.each([
    ['an instant is none', ['usage', '--from', 'yesterday'], 'from: DateTime must be ISO 8601'],
    [
      'a month and a start are given',
      ['usage', '--month', '2026-10', '--from', '2026-10-01'],
      '--from <instant>',
    ],
    ['a duration is none', ['lookup', 'company', 'a.example', '--max-age', '1x'], 'maxAge: Duration must be'],
    ['a country is unknown', ['lookup', 'company', 'a.example', '--country', 'zzz'], 'country: Value "ZZZ"'],
    ['a field is unknown', ['lookup', 'company', 'a.example', '--fields', 'nme'], 'Did you mean "name"?'],
  ])('when %s, and names the option', async (_, words, said) => {
    const ran = await run(...words);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain(said);
    expect(ran.stderr).not.toContain('Variable');
  });
});

it('adds up what was spent this month when usage is asked for, and groups it as the API does', async () => {
  const plain = await run('usage');
  const lines = linesOf(plain.stdout);
  expect(lines[1]).toMatch(/^workflow +lookups +found /);
  expect(lines.at(-1)).toMatch(/^total /);
  const sydney = ['--group-by', 'month,token', '--month', '2026-10', '--time-zone', 'Australia/Sydney'];
  const { stdout } = await run('usage', ...sydney, '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    // Clocks go forward on 4 October.
    from: '2026-09-30T14:00:00.000Z',
    to: '2026-10-31T13:00:00.000Z',
    totals: { lookups: 0 },
    rows: [],
  });
});

it('prints what each account has left when no connection is named, and one when it is', async () => {
  const all = await run('balance');
  expect(all).toMatchObject({ code: 0, stderr: '' });
  expect(linesOf(all.stdout).length).toBeGreaterThan(1);
  const one = await run('balance', 'Firmable sandbox', '--json');
  expect(JSON.parse(one.stdout)).toMatchObject({ balances: [{ connection: { name: 'Firmable sandbox' } }] });
});

it('prints errors as JSON when --json is given, and never the token', async () => {
  const wrongToken = `fgw_${'canary'.repeat(6)}`;
  const refused = await runClient({ url: gateway.url, token: wrongToken }, ['usage', '--json']);
  expect(refused).toMatchObject({ code: 3, stdout: '' });
  expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code: 'UNAUTHENTICATED', exitCode: 3 } });
  const unknown = await run('balance', 'Nope', '--json');
  expect(JSON.parse(unknown.stderr)).toMatchObject({ error: { code: 'NOT_FOUND', exitCode: 1 } });
  const misused = await run('usage', '--group-by', 'nope', '--json');
  expect(misused).toMatchObject({ code: 2, stdout: '' });
  expect(JSON.parse(misused.stderr)).toMatchObject({ error: { code: 'INVALID_INPUT', exitCode: 2 } });
  expect(JSON.stringify([refused, unknown, misused])).not.toMatch(/canary|fgw_[\w-]{8}/);
});

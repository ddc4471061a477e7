import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../src/platform/log.js';
import { createProviders, providerNames, type Providers } from '../../src/providers/catalogue.js';
import type { Call, RecordField } from '../../src/providers/provider.js';
import type { PersonRecord } from '../../src/providers/records.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { createWorld } from '../../src/sandbox/world/create-world.js';
import { byDomain, byEmail } from './firmable/examples.js';
import { anyTime } from '../support/any-time.js';

// Client and sandbox are two readings of the same facts that share no code: what one misread, this finds.
const world = createWorld(20);
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    records: 20,
    latencyMs: 0,
    requestsPerSecond: 100_000,
    requestsPerMinute: 100_000,
  });
});
afterAll(async () => {
  await sandbox.close();
});

const open = (): Providers => {
  const providers = createProviders({
    log: createLog('silent'),
    sandboxUrls: sandbox.urls,
    totalTimeoutMs: 5_000,
  });
  onTestFinished(async () => {
    await Promise.all(Object.values(providers).map((provider) => provider.close()));
  });
  return providers;
};
const hasPhone = ({ phones }: PersonRecord): boolean => phones.length > 0;
const hasWorkEmail = ({ emails }: PersonRecord): boolean => (emails?.work.length ?? 0) > 0;
const hasPersonalEmail = ({ emails }: PersonRecord): boolean => (emails?.personal.length ?? 0) > 0;
const callWith = (key: string): Call => ({ key, acquirePermit: () => Promise.resolve(anyTime) });

describe.each(providerNames)('the sandbox of %s', (name) => {
  const prefix = { FIRMABLE: 'fbl', PEOPLE_DATA_LABS: 'pdl', APOLLO: 'apollo' }[name];

  it('answers in the shapes that the client reads, and charges what the client reports', async () => {
    const provider = open()[name];
    const call = callWith(`${prefix}_sandbox_everything`);
    const companies = await Promise.all(
      world.companies.map(({ domain }) =>
        provider.findCompany(call, { ...byDomain, by: { kind: 'domain', value: domain } }),
      ),
    );
    const people = await Promise.all(
      world.people.map(({ slug }) =>
        provider.findPerson(call, { ...byEmail, by: { kind: 'linkedin', value: slug } }),
      ),
    );
    const all = [...companies, ...people];
    expect(all.filter(({ kind }) => kind !== 'FOUND' && kind !== 'NOT_FOUND')).toEqual([]);
    expect(companies.filter((one) => one.kind === 'FOUND' && !provider.isCompanyId(one.record.id))).toEqual(
      [],
    );
    expect(people.filter((one) => one.kind === 'FOUND' && !provider.isPersonId(one.record.id))).toEqual([]);
    const charged = all.map((one) =>
      one.kind === 'FOUND' ? (one.reported?.credits ?? provider.company.price.maxCredits) : 0n,
    );
    expect(charged.reduce((sum, credits) => sum + credits, 0n)).toBe(
      BigInt(sandbox.account(call.key).creditsUsed),
    );
    expect(charged.filter((credits) => credits > 0n).length).toBeGreaterThan(20);
    // Firmable's document breaks its own types, and its sandbox follows it.
    const odd =
      name === 'FIRMABLE' ? [] : all.flatMap((one) => (one.kind === 'FOUND' ? one.unexpectedFields : []));
    expect(odd).toEqual([]);
  });

  it.each([
    ['fair', 'ACCEPTED'],
    ['revoked', 'KEY_REFUSED'],
  ])('answers the verification of a %s key with %s, and charges nothing', async (temper, expected) => {
    const provider = open()[name];
    const key = `${prefix}_sandbox_${temper}_check`;
    const result = await provider.verify(callWith(key));
    expect(result.kind === 'REFUSED' ? result.code : result.kind).toBe(expected);
    expect(sandbox.account(key).creditsUsed).toBe(0);
  });

  it('reports OUT_OF_CREDITS when the account is spent', async () => {
    const provider = open()[name];
    const call = callWith(`${prefix}_sandbox_broke`);
    const kinds = new Set<string>();
    for (const { domain } of world.companies) {
      const result = await provider.findCompany(call, { ...byDomain, by: { kind: 'domain', value: domain } });
      kinds.add(result.kind === 'REFUSED' ? result.code : result.kind);
    }
    kinds.delete('NOT_FOUND');
    expect([...kinds]).toEqual(['OUT_OF_CREDITS']);
  });

  it('reports its balance when it has one', async () => {
    const provider = open()[name];
    const key = `${prefix}_sandbox_balance`;
    const balance = { kind: 'BALANCE', credits: BigInt(sandbox.account(key).creditsLeft) };
    const balanceResult = (await provider.readBalance?.(callWith(key))) ?? null;
    expect(balanceResult).toEqual(name === 'FIRMABLE' ? null : balance);
  });
});

const fields: [RecordField[], (record: PersonRecord) => boolean][] = [
  [['PHONE'], hasPhone],
  [['WORK_EMAIL'], hasWorkEmail],
  [['PERSONAL_EMAIL'], hasPersonalEmail],
  [['EMAIL', 'PHONE'], (record) => hasPhone(record) && (hasWorkEmail(record) || hasPersonalEmail(record))],
];

it.each(fields)(
  'finds and charges only people with the fields when People Data Labs requires %j',
  async (require, isComplete) => {
    const provider = open().PEOPLE_DATA_LABS;
    const key = `pdl_sandbox_${require.join('').toLowerCase().replace('_', '')}`;
    const pairs = await Promise.all(
      world.people.map(async ({ slug }) => {
        const lookup = { ...byEmail, by: { kind: 'linkedin', value: slug } } as const;
        const any = await provider.findPerson(callWith('pdl_sandbox_any'), lookup);
        const result = await provider.findPerson(callWith(key), { ...lookup, require });
        return [any.kind === 'FOUND' && isComplete(any.record) ? 'FOUND' : 'NOT_FOUND', result.kind] as const;
      }),
    );
    const expected = pairs.map(([kind]) => kind);
    const result = pairs.map(([, kind]) => kind);
    expect(result).toEqual(expected);
    expect(new Set(result)).toEqual(new Set(['FOUND', 'NOT_FOUND']));
    expect(sandbox.account(key).creditsUsed).toBe(result.filter((kind) => kind === 'FOUND').length);
  },
);

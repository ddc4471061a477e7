import type { Enrichment } from '../../src/enrichment/lookup.js';
import type { LookupRequest } from '../../src/enrichment/lookup-request.js';
import { newId } from '../../src/platform/ids.js';
import type { CompanyRecord } from '../../src/providers/records.js';
import type { Caller } from '../../src/access/caller.js';
import { closeAfterFile } from '../support/close-after-file.js';
import { createTestApp, type TestApp } from '../support/create-test-app.js';
import type { TestDatabase } from '../support/database.js';
import { createFakeProviders } from '../support/fake-providers.js';
import { anyTime } from '../support/any-time.js';
import { createWorkspace } from '../support/workspace.js';
import { requestOf } from './scripted-scenario.js';

/** What Firmable has under each domain now: the id and the name of the record. */
export type World = Map<string, { id: string; name: string }>;

export type CachedInstances = {
  world: World;
  /** Two with a cache each, and one without. */
  first: TestApp;
  second: TestApp;
  uncached: TestApp;
  caller: Caller;
  admin: Caller;
  request: () => LookupRequest;
  /** How many calls the provider has had. */
  calls: () => number;
};

/** Instances of one gateway, with one account at a Firmable whose records a test can change. */
export const openInstances = async (store: TestDatabase, cacheBytesMax: number): Promise<CachedInstances> => {
  const { as, id: workspaceId } = await createWorkspace(store.database);
  const world: World = new Map();
  const accountId = newId();
  const fakes = createFakeProviders((_, domain) =>
    world.has(domain)
      ? { kind: 'FOUND', credits: 1, phone: true, email: true }
      : { kind: 'NOT_FOUND', credits: 0 },
  );
  const { FIRMABLE } = fakes.providers;
  const providers = {
    ...fakes.providers,
    FIRMABLE: {
      ...FIRMABLE,
      findCompany: async (...given: Parameters<typeof FIRMABLE.findCompany>) => {
        const [, { by }] = given;
        const byId = [...world].find(([, { id }]) => `FIRMABLE~${id}` === by.value);
        const domain = byId?.[0] ?? by.value;
        const found = await FIRMABLE.findCompany(given[0], {
          ...given[1],
          by: { kind: 'domain', value: domain },
        });
        const present = world.get(domain);
        if (found.kind !== 'FOUND' || present === undefined) return found;
        const record: CompanyRecord = {
          ...found.record,
          id: `FIRMABLE~${present.id}`,
          name: present.name,
          domain,
          description: 'é'.repeat(present.name.length * 40),
        };
        return { ...found, record, raw: () => record };
      },
    },
  };
  const open = async (bytesMax: number): Promise<TestApp> => {
    const app = await createTestApp({
      database: store,
      providers,
      resolveCredential: () =>
        Promise.resolve({
          key: workspaceId,
          accountId,
          connectionId: null,
          payer: 'CALLER_KEY',
          sandbox: false,
        }),
      rateLimiter: () => Promise.resolve(anyTime),
      config: { sandbox: false, snapshotCacheBytesMax: bytesMax },
      maintenance: false,
      logLevel: 'silent',
    });
    closeAfterFile(app.close);
    return app;
  };
  return {
    world,
    first: await open(cacheBytesMax),
    second: await open(cacheBytesMax),
    uncached: await open(0),
    caller: as.MEMBER,
    admin: as.ADMIN,
    request: () => requestOf(as.MEMBER),
    calls: () => fakes.queries.length,
  };
};

/** One lookup, or a list of them. */
export const lookUp = async (
  enrichment: Pick<Enrichment, 'lookUpCompanies' | 'lookUpCompany'>,
  request: LookupRequest,
  domains: readonly string[],
  maxAgeSeconds: number | null = null,
) => {
  const [domain] = domains;
  return domains.length === 1 && domain !== undefined
    ? [await enrichment.lookUpCompany(request, { domain }, { maxAgeSeconds })]
    : await enrichment.lookUpCompanies(
        request,
        domains.map((one) => ({ domain: one })),
        { maxAgeSeconds },
      );
};

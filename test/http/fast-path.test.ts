import { expect, it } from 'vitest';
import { createFastPath } from '../../src/http/fast-path.js';
import { readCompany } from '../../src/providers/firmable/read-company.js';
import { fullCompany } from '../providers/firmable/examples.js';
import { createFakeEnrichment } from '../support/fake-enrichment.js';
import { startGateway } from './start-gateway.js';

const hook = (): void => {};
const authenticator = { open: () => Promise.reject(new Error('not called')) };

const create = (plugins: object[]) =>
  createFastPath({ authenticator, plugins, paramsPlugins: [], bodyBytesMax: 100, enabled: true });

it('refuses a plugin when it has a hook that the fast path would skip', () => {
  const ofEnvelope = { onParse: hook, onValidate: hook, onContextBuilding: hook, onExecute: hook };
  expect(() => create([ofEnvelope, {}])).not.toThrow();
  expect(() => create([ofEnvelope, { onRequest: hook }])).toThrow('onRequest');
  expect(() => create([{ onResultProcess: hook }])).toThrow('onResultProcess');
});

it('responds as Yoga does, and runs once, when a provider’s object is nested too deeply to serialize', async () => {
  const enrichment = createFakeEnrichment();
  const depth = 20_000;
  const raw = (): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
  const parts: typeof enrichment = {
    ...enrichment,
    lookUpCompany: async (request, by) => {
      const result = await enrichment.lookUpCompany(request, by, {});
      return { ...result, record: readCompany(fullCompany)?.record ?? null, raw };
    },
  };
  const query = '{ company(by: { domain: "yarra.example" }) { company { raw } } }';
  const responses = [];
  for (const fastPath of [true, false]) {
    const gateway = await startGateway({ parts, fastPath });
    try {
      const { status, body } = await gateway.post(query);
      responses.push({
        status,
        code: body.errors?.[0]?.extensions.code,
        path: body.errors?.[0]?.path,
        data: body.data,
      });
    } finally {
      await gateway.close();
    }
  }
  expect(responses[0]).toEqual(responses[1]);
  expect(responses[0]).toEqual({
    status: 200,
    code: 'LIMIT_EXCEEDED',
    path: ['company', 'company', 'raw'],
    data: { company: { company: { raw: null } } },
  });
  expect(enrichment.lookups).toHaveLength(2);
});

import { expect, it } from 'vitest';
import { createFastPath } from '../../src/http/fast-path.js';
import { readCompany } from '../../src/providers/firmable/read-company.js';
import { fullCompany } from '../providers/firmable/examples.js';
import { createAnsweringRoom } from './plain-server.js';
import { startGateway } from './start-gateway.js';

const hook = (): void => {};
const callers = { open: () => Promise.reject(new Error('nobody calls')) };

it('the fast door is not made beside a plugin that it would pass by', () => {
  const ofEnvelope = { onParse: hook, onValidate: hook, onContextBuilding: hook, onExecute: hook };
  expect(() => createFastPath(callers, [ofEnvelope, {}])).not.toThrow();
  expect(() => createFastPath(callers, [ofEnvelope, { onRequest: hook }])).toThrow('onRequest');
  expect(() => createFastPath(callers, [{ onResultProcess: hook }])).toThrow('onResultProcess');
});

it('a result that is nested too deeply to be written is told as the long way tells it, and asked for once', async () => {
  const room = createAnsweringRoom();
  const depth = 20_000;
  const raw = (): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
  const parts: typeof room = {
    ...room,
    lookUpCompany: async (request, by) => {
      const answer = await room.lookUpCompany(request, by, {});
      return { ...answer, record: readCompany(fullCompany)?.record ?? null, raw };
    },
  };
  const query = '{ company(by: { domain: "yarra.example" }) { company { raw } } }';
  const told = [];
  for (const fastPath of [true, false]) {
    const gateway = await startGateway({ parts, fastPath });
    try {
      const { status, body } = await gateway.post(query);
      told.push({
        status,
        code: body.errors?.[0]?.extensions.code,
        id: typeof body.errors?.[0]?.extensions.errorId,
      });
    } finally {
      await gateway.close();
    }
  }
  expect(told[0]).toEqual(told[1]);
  expect(told[0]).toMatchObject({ code: 'INTERNAL', id: 'string' });
  expect(room.asked).toHaveLength(2);
});

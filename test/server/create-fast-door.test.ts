import { expect, it } from 'vitest';
import { createFastDoor } from '../../src/server/create-fast-door.js';

const hook = (): void => {};
const callers = { open: () => Promise.reject(new Error('nobody calls')) };

it('the fast door is not made beside a plugin that it would pass by', () => {
  const ofEnvelope = { onParse: hook, onValidate: hook, onContextBuilding: hook, onExecute: hook };
  expect(() => createFastDoor(callers, [ofEnvelope, {}])).not.toThrow();
  expect(() => createFastDoor(callers, [ofEnvelope, { onRequest: hook }])).toThrow('onRequest');
  expect(() => createFastDoor(callers, [{ onResultProcess: hook }])).toThrow('onResultProcess');
});

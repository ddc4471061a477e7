import { expect, it } from 'vitest';
import { createFastDoor } from '../../src/server/create-fast-door.js';

const hook = (): void => {};

it('the fast door is not made beside a plugin that it would pass by', () => {
  expect(() => createFastDoor([{ onParse: hook }, { onRequestParse: hook }])).not.toThrow();
  expect(() => createFastDoor([{ onParse: hook }, { onRequest: hook }])).toThrow('onRequest');
  expect(() => createFastDoor([{ onResponse: hook }])).toThrow('onResponse');
});

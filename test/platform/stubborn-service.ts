import { once } from 'node:events';
import { runService } from '../../src/platform/run-service.js';
import { GatewayError } from '../../src/errors.js';

/** A service of its own process for run-service.test.ts: how it behaves is the first argument. */
const behaviour = process.argv[2];
const keepAlive = setInterval(() => {}, 1_000);

await runService(async (opened, stopping) => {
  opened.push({
    close: async () => {
      clearInterval(keepAlive);
      console.log('first closed');
    },
    drop: () => console.log('first dropped'),
  });
  if (behaviour === 'fails') throw new GatewayError('UNAVAILABLE', 'It is broken: fix it.');
  if (behaviour === 'gives up' || behaviour === 'never starts') {
    console.log('ready');
    await (behaviour === 'gives up' ? once(stopping, 'abort') : new Promise(() => {}));
    stopping.throwIfAborted();
  }
  opened.push({
    close: () =>
      behaviour === 'hangs' ? new Promise(() => {}) : Promise.resolve(console.log('second closed')),
    drop: () => console.log('second dropped'),
  });
  if (behaviour === 'breaks later') {
    setTimeout(() => {
      throw new Error('canary');
    });
  }
  console.log('ready');
});

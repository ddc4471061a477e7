import { createLog, type Log } from '../../src/platform/log.js';

export const silentLog: Log = createLog('silent');

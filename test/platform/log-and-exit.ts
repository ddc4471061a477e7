import { createLog } from '../../src/platform/log.js';

// log-output.test.ts runs it in a process of its own.
const log = createLog('info');
log.info('first');
log.child({ of: 'child' }).info('second');
process.exit(0);

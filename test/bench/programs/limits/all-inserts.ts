import { everyRow } from './every-row.js';
import { runProxy } from './run-proxy.js';

await runProxy(everyRow);

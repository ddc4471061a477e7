import { start } from './cli/start.js';

// The start path of `npm start`; `firmable-gateway start` calls the same function.
await start();

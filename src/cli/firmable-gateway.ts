#!/usr/bin/env node
process.setSourceMapsEnabled(true);
// Loaded after it, because only the modules that are loaded then have their maps.
const { runProgram } = await import('./program.js');
await runProgram(process.argv.slice(2));

#!/usr/bin/env node
import { runProgram } from './program.js';

process.setSourceMapsEnabled(true);
await runProgram(process.argv.slice(2));

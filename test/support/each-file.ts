import { afterAll } from 'vitest';
import { closeOpened } from './close-after-file.js';

// Vitest runs this module for each test file. A hook in a module that files import would run for the first file only,
// where files share a process.
afterAll(closeOpened);

import { buildGateway } from './gateway.js';

/** Builds what the tests of real processes run, once and before any of them: two compilers would meet in one folder. */
export const setup = (): void => {
  buildGateway();
};

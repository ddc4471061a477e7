import { buildGateway } from './gateway.js';

/** Builds the gateway once, before all tests of processes: two compilers would write to the same folder. */
export const setup = (): void => {
  buildGateway();
};

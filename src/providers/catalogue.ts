import { createFirmable, type FirmableOptions } from './firmable/create-firmable.js';
import type { Provider, ProviderName } from './provider.js';

export type Providers = Readonly<Record<ProviderName, Provider>>;

/** The providers by name. A new one is a folder of its own and one line here. */
export const createProviders = (options: { firmable: FirmableOptions }): Providers => ({
  FIRMABLE: createFirmable(options.firmable),
});

import { createApollo } from './apollo/create-apollo.js';
import { createFirmable } from './firmable/create-firmable.js';
import type { UpstreamOptions } from './http/create-client.js';
import { createPeopleDataLabs } from './people-data-labs/create-people-data-labs.js';
import type { Provider, ProviderName } from './provider.js';

export type Providers = Readonly<Record<ProviderName, Provider>>;

/** What all providers are told, and what differs between them; each has an address and a limit of its own. */
export type ProvidersOptions = Omit<UpstreamOptions, 'baseUrl' | 'sandboxBaseUrl' | 'requestsPerSecond'> & {
  /** Where sandbox keys go; absent: nowhere. */
  sandboxUrls: Readonly<Partial<Record<ProviderName, string>>>;
  upstreams?: Readonly<Partial<Record<ProviderName, Pick<UpstreamOptions, 'baseUrl' | 'requestsPerSecond'>>>>;
};

/** The providers by name. A new one is a folder of its own and one line here. */
export const createProviders = ({ sandboxUrls, upstreams, ...common }: ProvidersOptions): Providers => {
  const optionsOf = (name: ProviderName): UpstreamOptions => ({
    ...common,
    ...upstreams?.[name],
    sandboxBaseUrl: sandboxUrls[name] ?? null,
  });
  return {
    FIRMABLE: createFirmable(optionsOf('FIRMABLE')),
    PEOPLE_DATA_LABS: createPeopleDataLabs(optionsOf('PEOPLE_DATA_LABS')),
    APOLLO: createApollo(optionsOf('APOLLO')),
  };
};

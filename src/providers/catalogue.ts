import { createApollo } from './apollo/create-apollo.js';
import { createFirmable } from './firmable/create-firmable.js';
import type { UpstreamOptions } from './http/create-client.js';
import { createPeopleDataLabs } from './people-data-labs/create-people-data-labs.js';
import type { ProviderClient } from './provider.js';

/** The providers by name. A new provider is a folder of its own and one line here. */
const makers = {
  FIRMABLE: createFirmable,
  PEOPLE_DATA_LABS: createPeopleDataLabs,
  APOLLO: createApollo,
};

export type ProviderName = keyof typeof makers;
export type Provider = ProviderClient & { readonly name: ProviderName };
export type Providers = Readonly<Record<ProviderName, Provider>>;

const isName = (name: string): name is ProviderName => Object.hasOwn(makers, name);

export const providerNames: readonly ProviderName[] = Object.keys(makers).filter(isName);

/** One value for each provider, by name. */
const byProvider = <Value>(valueOf: (name: ProviderName) => Value): Record<ProviderName, Value> => {
  const values: Partial<Record<ProviderName, Value>> = {};
  for (const name of providerNames) values[name] = valueOf(name);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every name has its value by now
  return values as Record<ProviderName, Value>;
};

type Common = Omit<UpstreamOptions, 'name' | 'baseUrl' | 'sandboxBaseUrl' | 'requestsPerSecond'>;

/** The options of all providers, and those of each: its address and rate limit. */
export type ProvidersOptions = Common & {
  /** Where sandbox keys are sent; absent: nowhere. */
  sandboxUrls: Readonly<Partial<Record<ProviderName, string>>>;
  upstreams?: Readonly<Partial<Record<ProviderName, Pick<UpstreamOptions, 'baseUrl' | 'requestsPerSecond'>>>>;
};

export const createProviders = ({ sandboxUrls, upstreams, ...common }: ProvidersOptions): Providers =>
  byProvider((name) => ({
    ...makers[name]({
      ...common,
      ...upstreams?.[name],
      name,
      sandboxBaseUrl: sandboxUrls[name] ?? null,
    }),
    name,
  }));

/** The name of a provider for people; a name that no provider has stays as it is. */
export const titleOf = (providers: Providers, name: string): string =>
  isName(name) ? providers[name].title : name;

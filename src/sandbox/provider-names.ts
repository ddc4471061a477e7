/** The providers of the sandbox. */
export const providerNames = ['FIRMABLE', 'PEOPLE_DATA_LABS', 'APOLLO'] as const;
export type ProviderName = (typeof providerNames)[number];

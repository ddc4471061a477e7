/**
 * The address of each provider and its rate limit for one key, in requests per second. Sources: Firmable's OpenAPI
 * document; People Data Labs' usage limits (1,000 per minute, key and endpoint for paying accounts, 100 for free ones, in
 * fixed windows of a minute); Apollo's rate limits (1,000 enrichments per minute for paying teams, 50 for free ones,
 * beside limits per hour and day that depend on the plan).
 */
export const upstreams = {
  FIRMABLE: { baseUrl: 'https://api.firmable.com', requestsPerSecond: 50 },
  PEOPLE_DATA_LABS: { baseUrl: 'https://api.peopledatalabs.com', requestsPerSecond: 16 },
  APOLLO: { baseUrl: 'https://api.apollo.io/api/v1', requestsPerSecond: 16 },
} as const;

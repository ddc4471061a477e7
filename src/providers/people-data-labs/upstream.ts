/**
 * Where People Data Labs answers, and how fast it may be asked: 1,000 a minute per key and endpoint for paying
 * accounts (100 for free ones), in fixed windows of a minute. Source: its usage limits.
 */
export const peopleDataLabsUpstream = {
  baseUrl: 'https://api.peopledatalabs.com',
  requestsPerSecond: 16,
} as const;

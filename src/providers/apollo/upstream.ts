/**
 * Where Apollo answers, and how fast it may be asked: 1,000 enrichments a minute for paying teams (50 for free ones),
 * beside limits per hour and day that depend on the plan. Source: its rate limits.
 */
export const apolloUpstream = { baseUrl: 'https://api.apollo.io/api/v1', requestsPerSecond: 16 } as const;

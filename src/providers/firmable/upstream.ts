/** Where Firmable answers, and the most requests in any second that one of its keys may send. Source: its document. */
export const firmableUpstream = { baseUrl: 'https://api.firmable.com', requestsPerSecond: 50 } as const;

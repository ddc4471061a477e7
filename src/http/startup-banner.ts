import type { DocumentsMode } from './documents/create-documents.js';

/** What a start prints of the token that it has created, also where it fails afterwards: no other start shows it. */
export const firstTokenLines = (token: string): string => `ADMIN token, shown only once:\n  ${token}`;

/**
 * The text that a start prints: the URLs, the first token (only in the start that created it), and a query that runs as
 * it is.
 */
export const startupBanner = (started: {
  url: string;
  firstToken: string | null;
  /** The domain of a record that the sandbox knows; null while it is off. */
  sampleDomain: string | null;
  /** Which of them work. */
  config?: { graphiql: boolean; persistedDocuments: DocumentsMode };
}): string => {
  const { graphiql, persistedDocuments } = started.config ?? {
    graphiql: true,
    persistedDocuments: 'automatic',
  };
  const endpoint = `${started.url}/graphql`;
  const lines = [
    `firmable-gateway is listening on ${endpoint}${graphiql ? ' (GraphiQL in a browser)' : ''}`,
    `Dashboard: ${started.url}/`,
  ];
  if (started.firstToken !== null) lines.push('', firstTokenLines(started.firstToken));
  if (started.sampleDomain !== null && persistedDocuments !== 'allowlist') {
    const query = `{ company(by: { domain: "${started.sampleDomain}" }) { outcome company { id name employeeCount identifiers { abn } } receipt { charge creditsCharged creditsSaved payer { kind connection { name } } } } }`;
    const token = started.firstToken ?? '$TOKEN';
    const body = JSON.stringify({ query });
    if (graphiql) lines.push('', 'Try this query in GraphiQL:', `  ${query}`);
    lines.push('', graphiql ? 'or in a terminal:' : 'Try a query in a terminal:');
    lines.push(
      `  curl -s ${endpoint} -H "Authorization: Bearer ${token}" -H "Content-Type: application/json" -d '${body}'`,
    );
  }
  return lines.join('\n');
};

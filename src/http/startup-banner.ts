/**
 * What a start prints for the person in front of it: where it listens, the first token (only in the start that made
 * it), and a query that works when pasted.
 */
export const welcome = (started: {
  url: string;
  firstToken: string | null;
  /** The domain of a record that the sandbox knows; null while it is off. */
  sampleDomain: string | null;
}): string => {
  const endpoint = `${started.url}/graphql`;
  const lines = [
    `firmable-gateway listens on ${endpoint} (open it in a browser for GraphiQL)`,
    `The dashboard is at ${started.url}/`,
  ];
  if (started.firstToken !== null) lines.push('', 'Token, shown this once:', `  ${started.firstToken}`);
  if (started.sampleDomain !== null) {
    const query = `{ company(by: { domain: "${started.sampleDomain}" }) { outcome company { id name employeeCount identifiers { abn } } receipt { charge creditsCharged creditsSaved payer { kind connection { name } } } } }`;
    const token = started.firstToken ?? '$TOKEN';
    const body = JSON.stringify({ query });
    lines.push('', 'A query to paste into GraphiQL:', `  ${query}`);
    lines.push('', 'or into a terminal:');
    lines.push(
      `  curl -s ${endpoint} -H "Authorization: Bearer ${token}" -H "Content-Type: application/json" -d '${body}'`,
    );
  }
  return lines.join('\n');
};

import { type Job, numberMark } from '../programs/job.js';

/** What is asked: a record that nobody has, one that is ours with a copy, the same fetched again, a hundred of these. */
export type QuestionName = 'new' | 'known' | 'refetched' | 'list';

export type Question = Pick<Job, 'request' | 'expected' | 'forbidden'>;

/** Where a way listens and how it wants to be asked. */
export type Endpoint = { dialect: HttpProfile; port: number; token: string | null };

/** The gateway's API, a schema that was written by hand for one query, one made from OpenAPI, and Firmable's own. */
export type HttpProfile = 'GATEWAY' | 'PLAIN' | 'OPENAPI' | 'FIRMABLE';

export const listLength = 100;

const fields =
  'id name domain website linkedin description tagline employeeCount yearFounded hqLocation companySize industries';
/** The same twelve by Firmable's names, answered by ours. */
const openapiFields = fields
  .replace('domain', 'domain: fqdn')
  .replace('employeeCount', 'employeeCount: employee_count')
  .replace('yearFounded', 'yearFounded: year_founded')
  .replace('hqLocation', 'hqLocation: hq_location')
  .replace('companySize', 'companySize: company_size');
/** Of the gateway, how it ended and what it cost too: a wrong charge is a wrong answer. */
const answerFields = `{ outcome receipt { charge } company { ${fields} } }`;

const domain = `c${numberMark}.example`;
const record = [`"id":"f${numberMark}"`, `"domain":"${domain}"`, '"industries":["'];
const answered = (charge: string): string[] => ['"outcome":"FOUND"', `"charge":"${charge}"`, ...record];

/** One whole HTTP request for the query, and what a right answer contains. */
export const queryFor = (endpoint: Endpoint, name: QuestionName): Question => {
  if (endpoint.dialect === 'FIRMABLE')
    return {
      request: `GET /company?fqdn=${domain}&country=AU HTTP/1.1\r\nhost: 127.0.0.1:${endpoint.port}\r\n\r\n`,
      // The first and the last of the whole body.
      expected: [`{"id":"f${numberMark}"`, `"fqdn":"${domain}"`, '"Mail":'],
      forbidden: [],
    };
  return {
    request: post(endpoint, ...operationOf(endpoint.dialect, name)),
    expected: expectedOf(endpoint, name),
    forbidden: ['"errors"'],
  };
};

const expectedOf = ({ dialect }: Endpoint, name: QuestionName): string[] => {
  if (dialect !== 'GATEWAY') return record;
  return answered(name === 'new' ? 'CHARGED' : 'ALREADY_UNLOCKED');
};

const operationOf = (
  dialect: Exclude<HttpProfile, 'FIRMABLE'>,
  name: QuestionName,
): [query: string, variables: object] => {
  if (dialect === 'PLAIN')
    return [`query ($domain: String!) { company(domain: $domain) { ${fields} } }`, { domain }];
  if (dialect === 'OPENAPI')
    return [`query ($domain: String!) { company(fqdn: $domain) { ${openapiFields} } }`, { domain }];
  switch (name) {
    case 'new':
    case 'known':
      return [`query ($domain: String!) { company(by: { domain: $domain }) ${answerFields} }`, { domain }];
    case 'refetched':
      return [
        `query ($domain: String!) { company(by: { domain: $domain }, options: { maxAge: "0s" }) ${answerFields} }`,
        { domain },
      ];
    case 'list':
      return [
        `query ($by: [CompanyKey!]!) { companies(by: $by) ${answerFields} }`,
        { by: Array.from({ length: listLength }, () => ({ domain })) },
      ];
  }
};

const post = ({ port, token }: Endpoint, query: string, variables: object): string => {
  const body = JSON.stringify({ query, variables });
  return [
    'POST /graphql HTTP/1.1',
    `host: 127.0.0.1:${port}`,
    'content-type: application/json',
    'accept: application/json',
    ...(token === null ? [] : [`authorization: Bearer ${token}`]),
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
};

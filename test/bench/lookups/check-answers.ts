import { isDeepStrictEqual } from 'node:util';
import { numberMark } from '../programs/job.js';
import { digitsOf, fieldsOf } from '../programs/companies.js';
import { queryFor } from './queries.js';
import type { Way } from './ways.js';

/** Asks a way for one company and compares all twelve fields: what is measured afterwards looks at a few of them only. */
export const checkAnswer = async (
  way: Pick<Way, 'name' | 'url' | 'endpoint'>,
  number: number,
): Promise<void> => {
  const { request } = queryFor(way.endpoint, 'new');
  const [head = '', body = ''] = request.replaceAll(numberMark, digitsOf(number)).split('\r\n\r\n');
  const [line = '', ...headers] = head.split('\r\n');
  const [method = '', address = ''] = line.split(' ');
  const response = await fetch(`${way.url}${address}`, {
    method,
    headers: headers
      .map((header): [string, string] => [
        header.split(': ', 1)[0] ?? '',
        header.slice(header.indexOf(': ') + 2),
      ])
      .filter(([name]) => name !== 'host' && name !== 'content-length'),
    body: body === '' ? null : body,
  });
  const answer: unknown = await response.json();
  const wanted = fieldsOf(number);
  const company = companyIn(answer);
  const got = way.endpoint.dialect === 'FIRMABLE' ? renamed(company) : company;
  if (response.status !== 200 || !isDeepStrictEqual(pick(got, Object.keys(wanted)), wanted))
    throw new Error(`${way.name} answers ${response.status} ${JSON.stringify(answer).slice(0, 1_000)}`);
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The innermost `company` of `data`; the whole body where there is no `data`. */
const companyIn = (answer: unknown): Record<string, unknown> => {
  if (!isObject(answer)) return {};
  const inside = answer['data'] ?? answer['company'];
  return inside === undefined ? answer : companyIn(inside);
};

const renamed = (company: Record<string, unknown>): Record<string, unknown> => ({
  ...company,
  domain: company['fqdn'],
  employeeCount: company['employee_count'],
  yearFounded: company['year_founded'],
  hqLocation: company['hq_location'],
  companySize: company['company_size'],
});

const pick = (from: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, from[name]]));

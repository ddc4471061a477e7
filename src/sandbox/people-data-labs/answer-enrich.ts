import { type Account, charge } from '../open-accounts.js';
import type { Reply } from '../reply.js';
import { flagshipCompany, flagshipPeople } from '../world/flagship.js';
import { companyBody } from './company-body.js';
import type { KnownRecords, Match } from './known-records.js';
import { matchCompany, matchPerson } from './match-record.js';
import { personBody } from './person-body.js';
import { companyIdOf, personIdOf } from './record-ids.js';
import { readRequired, type Required } from './read-required.js';
import { allowanceSpent, invalid, notFound } from './reply.js';
import { titleCase } from './title-case.js';

export type Lookup = { records: KnownRecords; account: Account; query: URLSearchParams };

/** `GET /v5/company/enrich`: the record is at the root, with `status` and `likelihood` among its fields. */
export const answerCompany = ({ records, account, query }: Lookup): Reply =>
  answer({
    account,
    query,
    match: matchCompany(records, query),
    missing: 'one of name, website, profile or pdl_id',
    body: companyBody,
    idOf: companyIdOf,
    wrap: (body, likelihood) => ({ status: 200, likelihood, ...body }),
    fields: companyFields,
  });

/** `GET /v5/person/enrich`: the record is under `data`, with `likelihood` beside it. */
export const answerPerson = ({ records, account, query }: Lookup): Reply =>
  answer({
    account,
    query,
    match: matchPerson(records, query),
    missing: 'one of profile, email, phone or pdl_id, or a name with a company',
    body: personBody,
    idOf: personIdOf,
    wrap: (data, likelihood) => ({
      status: 200,
      likelihood,
      data: query.get('titlecase') === 'true' ? titleCase(data) : data,
    }),
    fields: personFields,
  });

const companyFields = new Set(Object.keys(companyBody(flagshipCompany())));
const personFields = new Set(
  flagshipPeople(flagshipCompany(), 0).flatMap((person) => Object.keys(personBody(person))),
);

const answer = <Known>(lookup: {
  account: Account;
  query: URLSearchParams;
  match: Match<Known> | null | 'MISSING';
  missing: string;
  body: (record: Known) => Record<string, unknown>;
  idOf: (record: Known) => string;
  wrap: (body: Record<string, unknown>, likelihood: number) => Record<string, unknown>;
  fields: ReadonlySet<string>;
}): Reply => {
  const required = requiredOf(lookup.query, lookup.fields);
  if (required === null) return invalid('`required` is no expression over the fields of a record');
  const least = leastLikelihood(lookup.query);
  if (least === null) return invalid('`min_likelihood` must be a whole number from 0 to 10');
  if (lookup.match === 'MISSING') return invalid(`Request must contain ${lookup.missing}`);
  // Without credits every query is a 402, misses included.
  if (lookup.account.creditsLeft === 0) return allowanceSpent();
  if (lookup.match === null || lookup.match.likelihood < least) return notFound();
  const { record, likelihood } = lookup.match;
  const body = lookup.body(record);
  if (!required(body)) return notFound();
  // Every match is charged, repeated ones included.
  charge(lookup.account, 1);
  return {
    status: 200,
    body: lookup.wrap(body, likelihood),
    retrieved: { recordId: lookup.idOf(record), credits: 1 },
  };
};

const requiredOf = (query: URLSearchParams, fields: ReadonlySet<string>): Required | null => {
  const written = query.get('required') ?? '';
  return written === '' ? () => true : readRequired(written, fields);
};

const leastLikelihood = (query: URLSearchParams): number | null => {
  const written = query.get('min_likelihood') ?? '0';
  return /^\d{1,2}$/.test(written) && Number(written) <= 10 ? Number(written) : null;
};

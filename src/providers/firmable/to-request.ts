import type { CompanyLookup, PeopleSearch, PersonLookup } from '../provider.js';
import type { WireRequest } from '../http/exchange.js';

const companyParameters = { id: 'id', domain: 'fqdn', linkedin: 'ln_slug', abn: 'abn' } as const;
const personParameters = {
  id: 'id',
  linkedin: 'ln_slug',
  workEmail: 'work_email',
  personalEmail: 'personal_email',
} as const;

/** `GET /company` by exactly one identifier. The country changes regional figures, not the record. */
export const companyRequest = ({ by, country }: CompanyLookup): WireRequest =>
  get('/company', { [companyParameters[by.kind]]: by.value, country });

/** `GET /people` by exactly one identifier. */
export const personRequest = ({ by }: PersonLookup): WireRequest =>
  get('/people', { [personParameters[by.kind]]: by.value });

/** `POST /people/search`; numbers are sent as strings, as documented. */
export const searchRequest = (search: PeopleSearch): WireRequest => ({
  method: 'POST',
  path: '/people/search',
  body: JSON.stringify({
    companyId: search.companyId,
    selectedCountry: search.country,
    ...(search.position === null ? {} : { position: search.position }),
    ...(search.seniority === null ? {} : { seniority: String(search.seniority) }),
    ...(search.department === null ? {} : { department: String(search.department) }),
    from: String(search.from),
    size: String(search.size),
  }),
});

/**
 * The query that checks a key and is never charged: a people search, which costs 0 credits by Firmable's price list,
 * paging included. Only retrieving a company or a person is charged. The company does not exist either (Firmable's ids
 * start above zero), so there is no row to return.
 */
export const verifySearch: PeopleSearch = {
  companyId: 'f000000000000',
  country: 'AU',
  position: null,
  seniority: null,
  department: null,
  from: 0,
  size: 1,
};

const get = (path: string, query: Record<string, string>): WireRequest => ({
  method: 'GET',
  path: `${path}?${new URLSearchParams(query).toString()}`,
  body: null,
});

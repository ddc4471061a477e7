import type { WireRequest } from '../http/exchange.js';
import type { CompanyLookup, PersonLookup } from '../provider.js';

/** `GET /organizations/enrich` by one identifier; null for one that it cannot look up by. */
export const companyRequest = ({ by }: CompanyLookup): WireRequest | null => {
  switch (by.kind) {
    case 'domain':
      return get('/organizations/enrich', { domain: by.value });
    case 'linkedin':
      return get('/organizations/enrich', { linkedin_url: `https://www.linkedin.com/company/${by.value}` });
    case 'id':
    case 'abn':
      return null;
  }
};

/**
 * `POST /people/match` by one identifier, in the query as its document has it. Personal addresses are revealed only to
 * who requires one; phone numbers are never asked for, because Apollo sends them later, to a public address that a
 * gateway need not have: those that the team has already come all the same.
 */
export const personRequest = ({ by, require }: PersonLookup): WireRequest => {
  const identifier = ((): Record<string, string> => {
    switch (by.kind) {
      case 'id':
        return { id: by.value };
      case 'linkedin':
        return { linkedin_url: `https://www.linkedin.com/in/${by.value}` };
      case 'workEmail':
      case 'personalEmail':
        return { email: by.value };
    }
  })();
  const reveals = require.includes('PERSONAL_EMAIL') ? { reveal_personal_emails: 'true' } : {};
  return post('/people/match', { ...identifier, ...reveals });
};

/**
 * The questions that tell whether a key is taken and cannot be charged for: they name nobody, so that nobody is found,
 * and only enriched records are charged.
 */
export const emptyCompany: WireRequest = { method: 'GET', path: '/organizations/enrich', body: null };
export const emptyPerson: WireRequest = { method: 'POST', path: '/people/match', body: null };

/** Asks for the credits of the billing cycle, at no cost; it needs a master key. */
export const usageRequest: WireRequest = {
  method: 'POST',
  path: '/usage_stats/credit_usage_stats',
  body: null,
};

const get = (path: string, query: Record<string, string>): WireRequest => ({
  method: 'GET',
  path: `${path}?${new URLSearchParams(query).toString()}`,
  body: null,
});

const post = (path: string, query: Record<string, string>): WireRequest => ({
  ...get(path, query),
  method: 'POST',
});

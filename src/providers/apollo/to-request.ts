import type { WireRequest } from '../http/exchange.js';
import type { CompanyLookup, PersonLookup } from '../provider.js';

/** `GET /organizations/enrich` by one identifier; null for a kind that it does not support. */
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
 * `POST /people/match` by one identifier, in the query string as documented. Personal addresses are revealed only if one
 * is required. Phone numbers are never requested, because Apollo sends them later to a public URL, which a gateway may not
 * have; those that the team has already are returned anyway.
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

/** Queries that check a key and are never charged: without an identifier nothing is found, and only records are charged. */
export const emptyCompany: WireRequest = { method: 'GET', path: '/organizations/enrich', body: null };
export const emptyPerson: WireRequest = { method: 'POST', path: '/people/match', body: null };

/** Reads the credits of the billing cycle, at no cost; it needs a master key. */
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

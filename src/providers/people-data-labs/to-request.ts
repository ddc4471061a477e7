import type { WireRequest } from '../http/exchange.js';
import type { CompanyLookup, PersonLookup } from '../provider.js';
import { requiredOf } from './required.js';

/** The weakest match that is accepted, of 1 to 10: a wrong match is charged too. */
const likelihoodMin = 6;

/** `GET /v5/company/enrich` by one identifier; null for a kind that it does not support. */
export const companyRequest = ({ by, require }: CompanyLookup): WireRequest | null => {
  switch (by.kind) {
    case 'id':
      return enrich('company', { pdl_id: by.value }, requiredOf('COMPANY', require));
    case 'domain':
      return enrich('company', { website: by.value }, requiredOf('COMPANY', require));
    case 'linkedin':
      return enrich(
        'company',
        { profile: `linkedin.com/company/${by.value}` },
        requiredOf('COMPANY', require),
      );
    case 'abn':
      return null;
  }
};

/** `GET /v5/person/enrich` by one identifier, with names in title case. */
export const personRequest = ({ by, require }: PersonLookup): WireRequest => {
  const identifier = ((): Record<string, string> => {
    switch (by.kind) {
      case 'id':
        return { pdl_id: by.value };
      case 'linkedin':
        return { profile: `linkedin.com/in/${by.value}` };
      case 'workEmail':
      case 'personalEmail':
        return { email: by.value };
    }
  })();
  return enrich('person', { ...identifier, titlecase: 'true' }, requiredOf('PERSON', require));
};

/**
 * The query that checks a key and reads the balance, and is never charged: without an identifier it is refused as
 * incomplete (400) after the key was accepted. Only a match is charged.
 */
export const emptyRequest: WireRequest = { method: 'GET', path: '/v5/person/enrich', body: null };

const enrich = (
  what: 'company' | 'person',
  identifier: Record<string, string>,
  required: string | null,
): WireRequest => {
  const query = new URLSearchParams({
    ...identifier,
    min_likelihood: String(likelihoodMin),
    ...(required === null ? {} : { required }),
  });
  return { method: 'GET', path: `/v5/${what}/enrich?${query.toString()}`, body: null };
};

import { normalizeAbn } from '../../src/enrichment/identifiers/normalize-abn.js';
import type { CompanyKey } from '../../src/enrichment/lookup-request.js';
import type { CompanyIdentifier } from '../../src/providers/provider.js';
import type { Want } from './history.js';

/** One record of the simulated provider, by everything it answers to. */
export type Company = { id: string; domain: string; site: string; linkedin: string; abn: string };

const abnAfter = (least: number): string => {
  for (let digits = least; ; digits += 1) {
    const abn = normalizeAbn(String(digits));
    if (abn !== null) return abn;
  }
};

export const companies: readonly Company[] = Array.from({ length: 5 }, (_, at) => ({
  id: `f00000000000${at + 1}`,
  domain: `company-${at}.example`,
  site: `shop-of-${at}.example`,
  linkedin: `company-${at}`,
  abn: abnAfter(51_000_000_000 + at * 1_000),
}));

const companyOf = (want: Want): Company => {
  const company = companies[want.record];
  if (company === undefined) throw new Error(`there is no record ${want.record}`);
  return company;
};

export const keyOf = (want: Want): CompanyKey => {
  const company = companyOf(want);
  return want.by === 'site' ? { website: company.site } : { [want.by]: company[want.by] };
};

export const companyBy = (by: CompanyIdentifier): Company | undefined =>
  companies.find((one) =>
    by.kind === 'domain' ? one.domain === by.value || one.site === by.value : one[by.kind] === by.value,
  );

export const idOf = (want: Want): string => companyOf(want).id;

/** The ledger's names for a record: its own, and those under which it can be asked for. */
export const recordOf = (id: string): string => `company:id:${id}`;
export const subjectsOf = (id: string): string[] => {
  const company = companies.find((one) => one.id === id);
  if (company === undefined) return [];
  return [
    recordOf(id),
    `company:domain:${company.domain}`,
    `company:domain:${company.site}`,
    `company:linkedin:${company.linkedin}`,
    `company:abn:${company.abn}`,
  ];
};

/** The provider's JSON. It keeps quiet about the other site. */
export const bodyOf = (company: Company, country: string) => ({
  id: company.id,
  name: `Company ${company.id} in ${country}`,
  fqdn: company.domain,
  linkedin: company.linkedin,
  industry_codes: { abn: company.abn },
});

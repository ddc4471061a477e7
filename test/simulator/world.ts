import { readAbn } from '../../src/enrichment/identifiers/read-abn.js';
import type { CompanyKey } from '../../src/enrichment/lookup-request.js';
import type { CompanyIdentifier } from '../../src/providers/provider.js';
import type { Item } from './history.js';

/** One record of the simulated provider, with all its identifiers. */
export type Company = { id: string; domain: string; site: string; linkedin: string; abn: string };

const abnAfter = (from: number): string => {
  for (let digits = from; ; digits += 1) {
    const abn = readAbn(String(digits));
    if ('value' in abn) return abn.value;
  }
};

export const companies: readonly Company[] = Array.from({ length: 5 }, (_, at) => ({
  id: `f00000000000${at + 1}`,
  domain: `company-${at}.example`,
  site: `shop-of-${at}.example`,
  linkedin: `company-${at}`,
  abn: abnAfter(51_000_000_000 + at * 1_000),
}));

const companyOf = (item: Item): Company => {
  const company = companies[item.record];
  if (company === undefined) throw new Error(`there is no record ${item.record}`);
  return company;
};

export const keyOf = (item: Item): CompanyKey => {
  const company = companyOf(item);
  return item.by === 'site' ? { website: company.site } : { [item.by]: company[item.by] };
};

export const companyBy = (by: CompanyIdentifier): Company | undefined =>
  companies.find((one) =>
    by.kind === 'domain' ? one.domain === by.value || one.site === by.value : one[by.kind] === by.value,
  );

export const idOf = (item: Item): string => companyOf(item).id;

/** The ledger's keys of a record: its own, and those by which it can be looked up. */
export const recordKeyOf = (id: string): string => `company:id:${id}`;
export const lookupKeysOf = (id: string): string[] => {
  const company = companies.find((one) => one.id === id);
  if (company === undefined) return [];
  return [
    recordKeyOf(id),
    `company:domain:${company.domain}`,
    `company:domain:${company.site}`,
    `company:linkedin:${company.linkedin}`,
    `company:abn:${company.abn}`,
  ];
};

/** The record that a lookup key leads to; null where none exists in the world. */
export const idOfLookupKey = (lookupKey: string): string | null =>
  companies.find((one) => lookupKeysOf(one.id).includes(lookupKey))?.id ?? null;

/** The item of a lookup by that key. */
export const itemOfLookupKey = (lookupKey: string): Item | null => {
  for (const by of ['id', 'domain', 'site', 'linkedin', 'abn'] as const) {
    const kind = by === 'site' ? 'domain' : by;
    const record = companies.findIndex((one) => lookupKey === `company:${kind}:${one[by]}`);
    if (record >= 0) return { record, by };
  }
  return null;
};

/** The provider's JSON, without the other site. */
export const bodyOf = (company: Company, country: string) => ({
  id: company.id,
  name: `Company ${company.id} in ${country}`,
  fqdn: company.domain,
  linkedin: company.linkedin,
  industry_codes: { abn: company.abn },
});

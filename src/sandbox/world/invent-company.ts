import { abnOf, inventAcn } from './business-numbers.js';
import { type Company, companyId } from './company.js';
import { industries } from './industries.js';
import { australianPlaces, type Country, countryNames, foreignPlaces, type Place } from './places.js';
import { createRandom, itemAt, type Random } from './random.js';
import { namePrefixes, nameSuffixes } from './words.js';

/** Invents the company of an index, 1 and up: always the same one, however many others there are. */
export const inventCompany = (index: number): Company => {
  const id = companyId(index);
  const random = createRandom(id);
  const industry = itemAt(industries, index);
  const coined = coinedName(index);
  const name = `${coined} ${random.pick(industry.nouns)}`;
  const slug = name.toLowerCase().replaceAll(' ', '-');
  const acn = inventAcn(index);
  const abroad = index % 9 === 4;
  const hq = abroad ? itemAt(foreignPlaces, index) : random.pick(australianPlaces);
  const branches = branchesOf(random, hq);
  return {
    index,
    id,
    name,
    slug,
    domain: `${name.toLowerCase().replaceAll(' ', '')}.example`,
    acn,
    abn: abnOf(acn),
    industry,
    description: `${name} ${industry.does}. It works from ${cities([hq, ...branches])}. An invented company of the sandbox.`,
    tagline: industry.tagline,
    hq,
    branches,
    yearFounded: random.integer(1962, 2022),
    companyType: random.pick(['Private company', 'Public company', 'Partnership', 'Not-for-profit']),
    employees: headcount(random, hq),
  };
};

// 613 shares no factor with the number of pairs, so the first thousand companies all have different first names.
const coinedName = (index: number): string => {
  const pairs = namePrefixes.length * nameSuffixes.length;
  const pair = (index * 613) % pairs;
  const beginning = itemAt(namePrefixes, Math.floor(pair / nameSuffixes.length));
  const round = Math.floor(index / pairs);
  return `${beginning}${itemAt(nameSuffixes, pair)}${round === 0 ? '' : ` ${round + 1}`}`;
};

const branchesOf = (random: Random, hq: Place): Place[] => {
  const australian = random.some(australianPlaces, random.integer(0, 3));
  // A foreign company has at least one Australian branch, because it has an ABN.
  const all = hq.country === 'AU' || australian.length > 0 ? australian : [random.pick(australianPlaces)];
  return all.filter((place) => place.city !== hq.city);
};

const cities = (places: readonly Place[]): string => {
  const names = places.map((place) => place.city);
  const last = names.at(-1) ?? '';
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
};

const headcount = (random: Random, hq: Place): Partial<Record<Country, number>> => {
  const home = random.pick([4, 9, 16, 28, 45, 72, 120, 190, 340, 620, 1_450]) + random.integer(0, 5);
  const heads: Partial<Record<Country, number>> = { [hq.country]: home };
  if (hq.country !== 'AU') heads.AU = Math.max(2, Math.round(home / 4));
  for (const country of ['NZ', 'SG', 'US'] as const) {
    if (heads[country] === undefined && random.chance(0.35))
      heads[country] = Math.max(1, Math.round(home / 8));
  }
  return heads;
};

/** The name of the country where a company has its head office. */
export const hqCountryName = (company: Company): string => countryNames[company.hq.country];

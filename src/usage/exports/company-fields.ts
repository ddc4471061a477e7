import type { CompanyRecord, NamedText } from '../../providers/records.js';
import type { Column } from './table.js';

/** The columns of a company, with the names of the API. Deeper objects are JSON. */
export const companyFields: readonly Column<CompanyRecord>[] = [
  { name: 'name', value: ({ name }) => name },
  { name: 'domain', value: ({ domain }) => domain },
  { name: 'website', value: ({ website }) => website },
  { name: 'linkedin', value: ({ linkedin }) => linkedin },
  { name: 'description', value: ({ description }) => description },
  { name: 'tagline', value: ({ tagline }) => tagline },
  { name: 'employeeCount', value: ({ employeeCount }) => employeeCount },
  { name: 'yearFounded', value: ({ yearFounded }) => yearFounded },
  { name: 'hqLocation', value: ({ hqLocation }) => hqLocation },
  { name: 'hqCountry', value: ({ hqCountry }) => hqCountry },
  { name: 'companySize', value: ({ companySize }) => companySize },
  { name: 'companyType', value: ({ companyType }) => companyType },
  { name: 'abnOperationStatus', value: ({ abnOperationStatus }) => abnOperationStatus },
  { name: 'revenue', value: ({ revenue }) => revenue },
  { name: 'locations', value: ({ locations }) => locations },
  { name: 'states', value: ({ states }) => states },
  { name: 'industries', value: ({ industries }) => industries },
  { name: 'keywords', value: ({ keywords }) => keywords },
  { name: 'phones', value: ({ phones }) => phones },
  { name: 'emails', value: ({ emails }) => emails },
  { name: 'twitter', value: ({ socialMedia }) => socialMedia?.twitter ?? null },
  { name: 'youtube', value: ({ socialMedia }) => socialMedia?.youtube ?? null },
  { name: 'facebook', value: ({ socialMedia }) => socialMedia?.facebook ?? null },
  { name: 'instagram', value: ({ socialMedia }) => socialMedia?.instagram ?? null },
  { name: 'abn', value: ({ identifiers }) => identifiers?.abn ?? null },
  { name: 'acn', value: ({ identifiers }) => identifiers?.acn ?? null },
  { name: 'nzbn', value: ({ identifiers }) => identifiers?.nzbn ?? null },
  { name: 'uen', value: ({ identifiers }) => identifiers?.uen ?? null },
  { name: 'sic', value: ({ identifiers }) => identifiers?.sic ?? null },
  { name: 'duns', value: ({ identifiers }) => identifiers?.duns ?? null },
  { name: 'naics', value: ({ identifiers }) => identifiers?.naics ?? null },
  { name: 'anzsic', value: ({ identifiers }) => identifiers?.anzsic ?? null },
  { name: 'otherIdentifiers', value: ({ identifiers }) => pairs(identifiers?.other) },
  { name: 'orgRegisters', value: ({ orgRegisters }) => pairs(orgRegisters) },
  { name: 'nextGen', value: ({ nextGen }) => nextGen },
];

const pairs = (named: readonly NamedText[] | null | undefined): readonly string[] | null =>
  named?.map(({ name, value }) => `${name}: ${value}`) ?? null;

import type {
  CompanyFactsFragment,
  CompanyKey,
  EnrichFormQuery,
  LookUpCompaniesQuery,
  LookupOptions,
  LookUpPeopleQuery,
  PersonFactsFragment,
  PersonKey,
} from '../../api/operations.js';
import type { FormError, FormValues } from '../../ui/form.js';
import { readOptions } from './option-fields.js';
import { companyKey, personKey, type RecordKind } from './read-keys.js';

export type Choices = EnrichFormQuery;

/** What the viewer wants to look up, as it is sent for the quote and for the lookups. */
export type Wanted = {
  /** The identifiers as they were typed. */
  texts: readonly string[];
  companies: CompanyKey[] | null;
  people: PersonKey[] | null;
  options: LookupOptions;
};

/** The result of one lookup. */
export type Found = {
  /** The identifier as it was typed. */
  text: string;
  company: CompanyFactsFragment | null;
  person: PersonFactsFragment | null;
} & Pick<LookUpCompaniesQuery['results'][number], 'outcome' | 'problem' | 'receipt'> & {
    suggestedDomain: string | null;
  };

/** Reads the form: what is wanted, or what is wrong with it. */
export const readWanted = (kind: RecordKind, values: FormValues): Wanted | FormError[] => {
  const texts = [values.text('identifiers')];
  const maxCredits = values.text('maxCredits');
  if (!/^\d*$/.test(maxCredits))
    return [{ field: ['maxCredits'], message: 'Enter a whole number of credits, or leave it empty.' }];
  const identifier = values.text('identifier');
  const options = readOptions(values);
  return {
    texts,
    companies: kind === 'COMPANY' ? texts.map((text) => companyKey(identifier, text)) : null,
    people: kind === 'PERSON' ? texts.map((text) => personKey(identifier, text)) : null,
    options: maxCredits === '' ? options : { ...options, maxCredits: Number(maxCredits) },
  };
};

/** The results of companies, with the identifiers that were typed. */
export const foundCompanies = (texts: readonly string[], { results }: LookUpCompaniesQuery): Found[] =>
  results.map((result, at) => ({ ...result, text: texts[at] ?? '', person: null }));

/** The results of people, with the identifiers that were typed. */
export const foundPeople = (texts: readonly string[], { results }: LookUpPeopleQuery): Found[] =>
  results.map((result, at) => ({ ...result, text: texts[at] ?? '', company: null, suggestedDomain: null }));

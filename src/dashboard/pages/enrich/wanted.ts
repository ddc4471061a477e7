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
import { companyKey, linesOf, personKey, type RecordKind } from './read-keys.js';

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

/** The most records of one request. */
const recordsMax = 100;

/** Reads the form: what is wanted, or what is wrong with it. */
export const readWanted = (kind: RecordKind, isList: boolean, values: FormValues): Wanted | FormError[] => {
  const texts = isList ? linesOf(values.text('identifiers')) : [values.text('identifiers')];
  if (texts.length > recordsMax) {
    const message = `The list has ${texts.length} lines. Look up at most ${recordsMax} at once.`;
    return [{ field: ['identifiers'], message }];
  }
  const maxCredits = values.text('maxCredits');
  if (!/^\d*$/.test(maxCredits))
    return [{ field: ['maxCredits'], message: 'Enter a whole number of credits, or leave it empty.' }];
  const identifier = values.text('identifier');
  const options: LookupOptions = {
    connection: values.text('connection') || null,
    waterfallName: values.text('waterfallName') || null,
    workflow: values.text('workflow') || null,
    maxAge: values.text('maxAge') || null,
    maxCredits: maxCredits === '' ? null : Number(maxCredits),
  };
  return {
    texts,
    companies: kind === 'COMPANY' ? texts.map((text) => companyKey(identifier, text)) : null,
    people: kind === 'PERSON' ? texts.map((text) => personKey(identifier, text)) : null,
    options: Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null)),
  };
};

/** The results of companies, with the identifiers that were typed. */
export const foundCompanies = (texts: readonly string[], { results }: LookUpCompaniesQuery): Found[] =>
  results.map((result, at) => ({ ...result, text: texts[at] ?? '', person: null }));

/** The results of people, with the identifiers that were typed. */
export const foundPeople = (texts: readonly string[], { results }: LookUpPeopleQuery): Found[] =>
  results.map((result, at) => ({ ...result, text: texts[at] ?? '', company: null, suggestedDomain: null }));

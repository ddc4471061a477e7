import { companyBody } from '../../../src/sandbox/firmable/company-body.js';
import { flagshipCompany } from '../../../src/sandbox/world/flagship.js';

/** How many digits a company's number has wherever it stands, so that no request and no answer changes its length. */
export const numberDigits = 12;

export const digitsOf = (number: number): string => String(number).padStart(numberDigits, '0');

export const domainOf = (number: number): string => `c${digitsOf(number)}.example`;

/** The twelve fields that every way is asked for, as the upstream's company of that number fills them. */
export const fieldsOf = (number: number) => {
  const company = template();
  return {
    id: `f${digitsOf(number)}`,
    name: `Company ${digitsOf(number)}`,
    domain: domainOf(number),
    website: `https://www.${domainOf(number)}`,
    linkedin: `company-c${digitsOf(number)}`,
    description: company['description'],
    tagline: company['tagline'],
    employeeCount: company['employee_count'],
    yearFounded: company['year_founded'],
    hqLocation: company['hq_location'],
    companySize: company['company_size'],
    industries: company['industries'],
  };
};

/**
 * Makes the function that writes a company's JSON into `target` as Firmable would: every field of its document, 4 KB, and
 * four identifiers of its own. What is the same for all companies is written at the first time only.
 */
export const createCompanyWriter = (): ((target: Buffer, digits: string) => void) => {
  const text = JSON.stringify(template());
  const numbers = placesOf(text, numberWord);
  const [abnAt = 0] = placesOf(text, abnWord);
  return (target, digits) => {
    if (target[0] === 0) target.write(text, 'latin1');
    for (const at of numbers) target.write(digits, at, 'latin1');
    target.write(abnOf(digits), abnAt, 'latin1');
  };
};

const placesOf = (text: string, word: string): number[] =>
  [...text.matchAll(new RegExp(word, 'g'))].map(({ index }) => index);

/** Its bytes, whatever the number. */
export const companyBytes = 4_096;

const numberWord = '#'.repeat(numberDigits);
const abnWord = '~'.repeat(11);

const template = (): Record<string, unknown> => {
  const sample = companyBody(flagshipCompany(), 'AU');
  const company = {
    ...sample,
    id: `f${numberWord}`,
    name: `Company ${numberWord}`,
    fqdn: `c${numberWord}.example`,
    website: `https://www.c${numberWord}.example`,
    linkedin: `company-c${numberWord}`,
    industry_codes: { sic: '4213', naics: '484121', anzsic: '4610', abn: abnWord },
  };
  const missing = companyBytes - Buffer.byteLength(JSON.stringify(company));
  const keywords = Array.from({ length: 200 }, (_, at) => `keyword ${at}`);
  const reported = String(sample['description']);
  const description = `${reported} It is known for ${keywords.join(', ')}`.slice(
    0,
    reported.length + missing,
  );
  return { ...company, description };
};

// Source: Australian Business Register, "Format of the ABN": the weighted sum, the first digit less one, divides by 89.
const weights = [3, 5, 7, 9, 11, 13, 15, 17, 19];

/** A business number that passes its check, and is another for each of a thousand million companies. */
const abnOf = (digits: string): string => {
  const rest = digits.slice(-weights.length);
  let sum = 0;
  for (let at = 0; at < weights.length; at += 1) sum += Number(rest[at]) * (weights[at] ?? 0);
  return `${10 + 89 - (sum % 89)}${rest}`;
};

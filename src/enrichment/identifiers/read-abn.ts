import { cleanText, type Reading, tooLong } from './clean-text.js';
import { readScientific, rounded } from './scientific.js';

/** The eleven digits of an Australian Business Number, in any spelling; else which other number it is, or what is wrong. */
export const readAbn = (text: string): Reading<string> => {
  if (/^\d{11}$/.test(text) && isAbn(text)) return { value: text };
  const clean = cleanText(text);
  if (clean === null) return tooLong;
  // Full-width digits become plain ones. The text is short by now.
  const [label, number] = split(clean.text.normalize('NFKC'));
  const scientific = readScientific(number.replace(/\s/g, ''));
  if (scientific !== null && 'refusal' in scientific) return scientific;
  const digits = scientific?.value ?? digitsOf(number);
  if (digits === null) return { refusal: severalIn(number) ?? notAnAbn };
  return isAbn(digits) ? { value: digits } : { refusal: describe(digits, label) };
};

/** The label in front of a number (`ABN`, `ACN:`, `AU`), and the number. The ABN is taken where an ACN stands beside it. */
const split = (text: string): [string, string] => {
  const beside = /\bABN\b\D{0,4}((?:\d[ .-]{0,2}){10}\d)(?!\d)/i.exec(text)?.[1];
  if (beside !== undefined && /\bACN\b/i.test(text)) return ['ABN', beside];
  const [, label = '', number = ''] =
    /^(?:(A\.?B\.?N|A\.?C\.?N|A\.?R\.?B\.?N|NZBN|AU|GST|TFN|VAT|UEN)\.?(?: ?(?:no|number|nr)\b\.?)?[\s:#.=-]{0,4})?(.*)$/is.exec(
      text,
    ) ?? [];
  return [label.replaceAll('.', '').toUpperCase(), number];
};

/** Digits between blanks, dots, hyphens or thousands separators, with or without a decimal place of zeros. */
const digitsOf = (text: string): string | null => {
  const whole = text
    .trim()
    // The name of the company behind the number.
    .replace(/ ?\([^()\d]*\)$/, '')
    .replace(/^(\d{8,14}|\d{1,3}(?:,\d{3})+)\.0{1,4}$/, '$1');
  const digits = whole.replace(/[\s.,'’_/‐-―-]/gu, '');
  return /^\d{1,20}$/.test(digits) ? digits : null;
};

const severalIn = (text: string): string | null => {
  const numbers = text.split(/[;|/]|,\s|\band\b|&/i).map((part) => digitsOf(part));
  const abns = new Set(numbers.filter((digits) => digits !== null && isAbn(digits)));
  return abns.size > 1 ? 'This has more than one ABN: send one lookup for each.' : null;
};

// The weights of the check: first digit less one, weighted sum divisible by 89. Source: Australian Business Register,
// "Format of the ABN".
const abnWeights = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];

const isAbn = (digits: string): boolean =>
  /^[1-9]\d{10}$/.test(digits) && (weigh(digits, abnWeights) - 10) % 89 === 0;

// Source: Australian Securities and Investments Commission, "Australian Company Number digit check".
const isAcn = (digits: string): boolean =>
  digits.length === 9 &&
  Number(digits[8]) === (10 - (weigh(digits.slice(0, 8), [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10;

// An NZBN is a GS1 number (GLN) with the prefix of New Zealand.
const isNzbn = (digits: string): boolean =>
  /^94\d{11}$/.test(digits) && weigh(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0;

const weigh = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);

/** The ABN that a company with this ACN has, where the company was registered before its ABN was given: nearly always. */
const abnOfAcn = (acn: string): string => {
  for (let check = 10; check < 100; check += 1) {
    if (isAbn(`${check}${acn}`)) return `${check}${acn}`;
  }
  return '';
};

const describe = (digits: string, label: string): string => {
  if (isNzbn(digits)) {
    return "This is an NZBN, a New Zealand Business Number, and no provider looks up by it: use the company's domain or its LinkedIn page.";
  }
  // Spreadsheets remove leading zeros, of which an ACN has some and an ABN none.
  const acn = digits.padStart(9, '0');
  if (digits.length >= 6 && isAcn(acn)) {
    const named =
      digits.length === 9 ? 'This is an ACN' : `This may be an ACN without its leading zeros (${acn})`;
    return `${named}, and a company is looked up by its ABN, which has eleven digits. Its ABN is usually ${abnOfAcn(acn)}: check that at abr.business.gov.au.`;
  }
  if (label === 'ACN' || label === 'ARBN' || digits.length === 9) {
    return 'This has nine digits, like an ACN or a tax file number: send the ABN, which has eleven.';
  }
  if (digits.length === 13 && digits.startsWith('94')) {
    return 'This has thirteen digits, like an NZBN: send the ABN, which has eleven.';
  }
  if (digits.length === 11 && /[1-9].*000$/.test(digits)) return rounded;
  if (digits.length !== 11)
    return `This is not an ABN: an ABN has eleven digits, and this has ${digits.length}.`;
  return notAnAbn;
};

const notAnAbn =
  'This is not an ABN: an ABN has eleven digits, two of which are check digits. Compare it with the source.';

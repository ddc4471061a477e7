/**
 * An invented Australian Company Number with a valid check digit. Real ones are given out in order and are far
 * from 999 000 000. The rule: Australian Securities and Investments Commission, "ACN check digit".
 */
export const inventAcn = (index: number): string => {
  const digits = String(99_900_000 + index);
  const sum = weigh(digits, [8, 7, 6, 5, 4, 3, 2, 1]);
  return `${digits}${(10 - (sum % 10)) % 10}`;
};

/**
 * The Australian Business Number of a company: two check digits before its ACN. With 1 taken from the first
 * digit, the weighted sum is a multiple of 89. The rule: Australian Business Register, "Format of the ABN".
 */
export const abnOf = (acn: string): string => {
  const sum = weigh(acn, [3, 5, 7, 9, 11, 13, 15, 17, 19]);
  return `${89 - (sum % 89) + 10}${acn}`;
};

/** An invented New Zealand Business Number: a GS1 number under 9429 with its check digit. */
export const inventNzbn = (index: number): string => {
  const digits = String(942_999_900_000 + index);
  const sum = weigh(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]);
  return `${digits}${(10 - (sum % 10)) % 10}`;
};

/** An invented Unique Entity Number of Singapore, registered in a year that has not come. */
export const inventUen = (index: number): string =>
  `2099${String(index).padStart(5, '0')}${'ABCDEFGHKLMN'.charAt(index % 12)}`;

const weigh = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, position) => sum + weight * Number(digits.charAt(position)), 0);

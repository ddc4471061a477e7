// The weights of the check: first digit less one, weighted sum divisible by 89. Source: Australian Business Register,
// "Format of the ABN".
const weights = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];

/** The eleven digits of an Australian Business Number, with or without spaces; null where its check fails. */
export const normalizeAbn = (text: string): string | null => {
  const digits = text.replace(/^\s*abn[\s:]*/i, '').replace(/[\s.-]/g, '');
  if (!/^\d{11}$/.test(digits)) return null;
  const sum = weights.reduce((total, weight, index) => {
    const digit = Number(digits[index]) - (index === 0 ? 1 : 0);
    return total + weight * digit;
  }, 0);
  return sum % 89 === 0 ? digits : null;
};

import type { Reading } from './clean-text.js';

/**
 * The digits of a whole number as spreadsheets write a long one, such as 5.3004085616E+10; null for any other text. Where it
 * has fewer digits than its exponent says, the others are lost.
 */
export const readScientific = (text: string): Reading<string> | null => {
  const [, whole = '', decimals = '', exponent = ''] =
    /^(\d{1,20})(?:[.,](\d{0,20}))?E\+?0{0,4}(\d{1,2})$/i.exec(text) ?? [];
  if (whole === '') return null;
  const places = Number(exponent);
  if (decimals.length < places) return { refusal: rounded };
  // Decimal places behind the whole number are zeros, unless it is none.
  return /[^0]/.test(decimals.slice(places)) ? null : { value: `${whole}${decimals.slice(0, places)}` };
};

export const rounded =
  'A spreadsheet has rounded this number, so its last digits are lost: format the column as text, and export it again from the source.';

/**
 * How a format of zeros and literals shows a whole number, by its sections: positive, negative, zero. In each, a `slot` stands
 * for a zero. Null: a section that is not made like that.
 */
export type DigitMask = readonly (string | null)[];

/** XML cannot have this character, so that no literal is one. */
const slot = '\0';
/** Excel's formats are shorter. */
const codeCharactersMax = 500;
const sectionsMax = 3;

/**
 * The mask of a format such as 00000, 0000 000 000 or "ABN "00 000 000 000. Null for every other, and for a single 0, which
 * shows a number as it is.
 */
export const maskOf = (code: string): DigitMask | null => {
  if (code.length > codeCharactersMax) return null;
  const sections: (string | null)[] = [''];
  let isConditional = false;
  for (const [token, quoted, escaped] of code.matchAll(
    /"([^"]*)"|\\(.)|[_*].|\[(?![hms]+\])[^\]]*\]|[^]/giu,
  )) {
    if (token === ';') sections.push('');
    else {
      isConditional ||= /^\[[<>=]/.test(token);
      const shown = quoted ?? escaped ?? shownBy(token);
      const before = sections.pop() ?? null;
      sections.push(before === null || shown === null ? null : before + shown);
    }
  }
  const masks = sections.slice(0, sectionsMax).map((mask) => (mask?.includes(slot) === true ? mask : null));
  const [first = null] = masks;
  if (first === null || first.trim() === slot) return null;
  if (!isConditional) return masks;
  // Which section a condition chooses is not read: the number has at least the zeros of the first.
  return first.replaceAll(slot, '') === '' ? [first] : null;
};

/** What a character, or a part in brackets, of a format shows; null for those that a mask cannot have. */
const shownBy = (token: string): string | null => {
  if (token === '0') return slot;
  if (/^[\s()+-]$/.test(token)) return token;
  // Colours, locales and conditions in brackets, and blanks as wide as a column or a character.
  return /^[[_*]./.test(token) ? '' : null;
};

/** A whole number in digits as its mask shows it; null where the mask has no section for it. */
export const showDigits = (number: string, mask: DigitMask): string | null => {
  const [, minus = '', digits = ''] = /^(-?)(\d+)$/.exec(number) ?? [];
  const [positive = null, negative, zero] = mask;
  if (digits === '') return null;
  if (minus !== '') return negative === undefined ? fill('-', positive, digits) : fill('', negative, digits);
  return fill('', number === '0' && zero !== undefined ? zero : positive, digits);
};

/** From the right: digits for which there is no zero are in front of the first one. */
const fill = (sign: string, mask: string | null, digits: string): string | null => {
  if (mask === null) return null;
  const slots = mask.split(slot).length - 1;
  const padded = digits.padStart(slots, '0');
  let [start, end] = [0, padded.length - slots + 1];
  const shown = mask.replaceAll(slot, () => {
    const some = padded.slice(start, end);
    start = end;
    end += 1;
    return some;
  });
  return sign + shown;
};

import type { Reading } from '../../../src/enrichment/identifiers/clean-text.js';

/** The identifier that was read; null where it was refused. */
export const valueOf = <Value>(reading: Reading<Value>): Value | null =>
  'value' in reading ? reading.value : null;

/** Why it was refused; an empty text where it was read. */
export const refusalOf = (reading: Reading<unknown>): string => ('refusal' in reading ? reading.refusal : '');

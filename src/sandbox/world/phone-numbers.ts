import type { Random } from './random.js';

// Set aside for fiction by the Australian Communications and Media Authority ("Phone numbers for use in TV
// shows, films and creative works"): they reach nobody.
const mobiles = [
  '0491 570 006',
  '0491 570 110',
  '0491 570 156',
  '0491 570 157',
  '0491 570 158',
  '0491 570 159',
  '0491 570 313',
  '0491 570 737',
  '0491 571 266',
  '0491 571 491',
  '0491 571 804',
  '0491 572 549',
  '0491 572 665',
  '0491 572 983',
  '0491 573 087',
  '0491 573 770',
  '0491 574 118',
  '0491 574 632',
  '0491 575 254',
  '0491 575 789',
  '0491 576 398',
  '0491 576 801',
  '0491 577 426',
  '0491 577 644',
  '0491 578 148',
  '0491 578 888',
  '0491 578 957',
  '0491 579 212',
  '0491 579 455',
  '0491 579 760',
] as const;

const localRates = ['1300 975 707', '1300 975 708', '1300 975 709', '1300 975 710', '1300 975 711'] as const;

export const mobileNumber = (random: Random): string => random.pick(mobiles);

export const localRateNumber = (random: Random): string => random.pick(localRates);

/** A landline of the 5550 range, set aside for fiction in each of the four Australian area codes. */
export const landline = (random: Random, areaCode: string): string =>
  `(${areaCode}) 5550 ${String(random.integer(0, 9999)).padStart(4, '0')}`;

/** As the other providers write it: E.164. Local-rate numbers keep all their digits behind the country code. */
export const internationally = (written: string): string =>
  `+61${written.replace(/\D/g, '').replace(/^0/, '')}`;

export const isMobile = (written: string): boolean => written.startsWith('04');

import { make } from './make-element.js';

/** How full a limit is: calm below 80 per cent, a warning from there, full at the limit. */
export const makeGauge = (
  label: string,
  { spent, reserved = 0, limit }: { spent: number; reserved?: number; limit: number },
): HTMLElement => {
  const share = limit === 0 ? 1 : spent / limit;
  const tone = share >= 1 ? 'full' : share >= 0.8 ? 'high' : 'calm';
  const filled = make('span', { class: 'spent' });
  filled.style.width = `${Math.min(share, 1) * 100}%`;
  const held = make('span', { class: 'reserved' });
  held.style.width = `${Math.max(0, Math.min(limit === 0 ? 0 : reserved / limit, 1 - Math.min(share, 1))) * 100}%`;
  return make(
    'div',
    {
      class: `gauge ${tone}`,
      role: 'meter',
      'aria-label': label,
      'aria-valuemin': 0,
      'aria-valuemax': Math.max(limit, 1),
      'aria-valuenow': Math.min(spent, Math.max(limit, 1)),
      'aria-valuetext': `${spent} of ${limit} credits`,
    },
    filled,
    held,
  );
};

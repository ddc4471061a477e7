import type { JSX } from 'preact';
import { formatNumber } from '../ui/format.js';
import { BarPart } from './bar-part.js';

/** How full a limit is: calm below 80 per cent, a warning from there, full at the limit. */
export const Gauge = ({
  label,
  spent,
  reserved = 0,
  limit,
}: {
  label: string;
  spent: number;
  reserved?: number;
  limit: number;
}): JSX.Element => {
  const share = limit === 0 ? 1 : spent / limit;
  const tone = share >= 1 ? 'full' : share >= 0.8 ? 'high' : 'calm';
  const filled = Math.min(share, 1);
  const held = Math.max(0, Math.min(limit === 0 ? 0 : reserved / limit, 1 - filled));
  return (
    <div
      class={`gauge ${tone}`}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(limit, 1)}
      aria-valuenow={Math.min(spent, Math.max(limit, 1))}
      aria-valuetext={`${formatNumber(spent)} of ${formatNumber(limit)} credits`}
    >
      <BarPart kind="spent" share={filled} />
      <BarPart kind="reserved" share={held} />
    </div>
  );
};

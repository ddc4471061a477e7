import type { JSX } from 'preact';
import { formatShare } from '../../ui/format.js';

/** The share of the rows of a job that have a result, from 0 to 1. */
export const ProgressBar = ({ label, share }: { label: string; share: number }): JSX.Element => (
  <div class="job-progress">
    <progress aria-label={label} max={1} value={share} />
    <span>{formatShare(share)}</span>
  </div>
);

import type { JSX } from 'preact';
import { Badge, type Tone } from '../../ui/badge.js';
import { formatWord } from '../../ui/format.js';
import type { Found } from './wanted.js';

const tones: Record<Found['outcome'], Tone> = {
  FOUND: 'good',
  NOT_FOUND: 'neutral',
  REFUSED: 'bad',
  FAILED: 'bad',
  UNKNOWN: 'warning',
};

export const Outcome = ({ outcome }: { outcome: Found['outcome'] }): JSX.Element => (
  <Badge tone={tones[outcome]}>{formatWord(outcome)}</Badge>
);

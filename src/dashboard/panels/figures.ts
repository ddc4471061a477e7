import { makeGauge } from '../gauge.js';
import { type Child, make } from '../make-element.js';

export type Figure = {
  name: string;
  value: string;
  /** Said beside the value, smaller. */
  of?: string;
  gauge?: { spent: number; limit: number };
  note: Child;
  tone?: 'saved' | 'warning';
};

/** Large numbers side by side, each with its name above and a few words below. */
export const makeFigures = (figures: readonly Figure[]): HTMLElement =>
  make(
    'dl',
    { class: 'figures' },
    ...figures.map(({ name, value, of, gauge, note, tone }) =>
      make(
        'div',
        { class: tone === undefined ? 'figure-box' : `figure-box ${tone}` },
        make('dt', {}, name),
        make(
          'dd',
          {},
          make('span', { class: 'value' }, value),
          of === undefined ? null : make('span', { class: 'of' }, ` ${of}`),
          gauge === undefined ? null : makeGauge(`${name}: ${value} ${of ?? ''}`, gauge),
          make('p', { class: 'note' }, note),
        ),
      ),
    ),
  );

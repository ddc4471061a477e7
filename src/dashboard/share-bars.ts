import { make } from './make-element.js';
import { formatNumber } from './format.js';

export type Share = {
  name: string;
  /** Said for what bears no name. */
  isNameless?: boolean;
  charged: number;
  saved: number;
  /** A few words more, under the name. */
  notes?: readonly string[];
};

/** Horizontal bars of credits, one below the other, each with its numbers. */
export const makeShareBars = (shares: readonly Share[]): HTMLElement => {
  const most = Math.max(...shares.map(({ charged, saved }) => charged + saved), 1);
  return make(
    'ol',
    { class: 'shares' },
    ...shares.map(({ name, isNameless, charged, saved, notes = [] }) =>
      make(
        'li',
        {},
        make(
          'div',
          { class: 'share-text' },
          make('span', { class: isNameless === true ? 'name quiet' : 'name', title: name }, name),
          make(
            'span',
            { class: 'figure' },
            make('b', {}, formatNumber(charged)),
            make('span', { class: 'unseen' }, ' charged, '),
            saved === 0 ? null : make('span', { class: 'saved-figure' }, ` +${formatNumber(saved)}`),
            saved === 0 ? null : make('span', { class: 'unseen' }, ' saved'),
          ),
        ),
        ...notes.map((note) => make('p', { class: 'note' }, note)),
        makeBar(charged / most, saved / most),
      ),
    ),
  );
};

const makeBar = (charged: number, saved: number): HTMLElement =>
  make(
    'div',
    { class: 'bar', 'aria-hidden': 'true' },
    makePart('charged', charged),
    makePart('saved', saved),
  );

const makePart = (name: string, share: number): HTMLElement => {
  const element = make('span', { class: name });
  element.style.width = `${share * 100}%`;
  return element;
};

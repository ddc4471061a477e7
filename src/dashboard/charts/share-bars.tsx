import type { ComponentChildren, JSX } from 'preact';
import { formatNumber } from '../ui/format.js';
import { BarPart } from './bar-part.js';

export type Share = {
  key: string;
  name: ComponentChildren;
  /** Said for what bears no name. */
  isNameless?: boolean;
  charged: number;
  saved: number;
  /** A few words more, under the name. */
  notes?: readonly string[];
};

/** Horizontal bars of credits, one below the other, each with its numbers. */
export const ShareBars = ({ shares }: { shares: readonly Share[] }): JSX.Element => {
  const most = Math.max(...shares.map(({ charged, saved }) => charged + saved), 1);
  return (
    <ol class="shares">
      {shares.map(({ key, name, isNameless = false, charged, saved, notes = [] }) => (
        <li key={key}>
          <div class="share-text">
            <span class={isNameless ? 'name quiet' : 'name'}>{name}</span>
            <span class="figure">
              <b>{formatNumber(charged)}</b>
              <span class="unseen"> charged, </span>
              {saved === 0 ? null : (
                <>
                  <span class="saved-figure"> +{formatNumber(saved)}</span>
                  <span class="unseen"> saved</span>
                </>
              )}
            </span>
          </div>
          {notes.map((note) => (
            <p key={note} class="note">
              {note}
            </p>
          ))}
          <div class="bar" aria-hidden="true">
            <BarPart kind="charged" share={charged / most} />
            <BarPart kind="saved" share={saved / most} />
          </div>
        </li>
      ))}
    </ol>
  );
};

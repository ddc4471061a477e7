import type { JSX } from 'preact';
import { Button } from './button.js';

/** The button at the end of a list that has another page. */
export const MoreButton = ({
  hasMore,
  isLoading,
  load,
  what,
}: {
  hasMore: boolean;
  isLoading: boolean;
  load: () => void;
  /** What is loaded: entries. */
  what: string;
}): JSX.Element | null =>
  hasMore ? (
    <div class="more">
      <Button onClick={load} isDisabled={isLoading}>
        {isLoading ? 'Loading…' : `More ${what}`}
      </Button>
    </div>
  ) : null;

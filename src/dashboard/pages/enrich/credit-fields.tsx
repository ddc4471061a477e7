import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { NumberField } from '../../ui/field.js';

/** The most credits that a list may cost. No limit has to be chosen; it is never assumed. */
export const CreditFields = (): JSX.Element => {
  const [isUnlimited, setUnlimited] = useState(false);
  return (
    <div class="credit-fields">
      <NumberField
        name="maxCredits"
        label="Most credits"
        help="The job pauses before it would spend more."
        isDisabled={isUnlimited}
      />
      <label class="check">
        <input
          type="checkbox"
          name="unlimited"
          checked={isUnlimited}
          onChange={({ currentTarget }) => setUnlimited(currentTarget.checked)}
        />
        No limit
      </label>
    </div>
  );
};

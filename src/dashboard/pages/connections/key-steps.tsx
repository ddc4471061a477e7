import type { JSX } from 'preact';
import type { ProviderName } from '../../api/operations.js';

type Guide = { needs: string; steps: readonly string[]; note: string };

/**
 * How to get a key of each provider. Source of Firmable's: its help centre, "Clay Integration - Bring your own key";
 * of the others: `keyHelp` of the API.
 */
const guides: Readonly<Partial<Record<ProviderName, Guide>>> = {
  FIRMABLE: {
    needs: 'You need the plan Teams Pro or above, and the role Admin, Manager or Integration at Firmable.',
    steps: [
      'Sign in to Firmable and open Manage Account.',
      'Choose Integrations, then Firmable API.',
      'Choose Generate API Key.',
      'Copy the key. It begins with fbl_.',
    ],
    note: 'On another plan, ask support@firmable.com for access to the API. What the key finds is unlocked in your Firmable account, where it stays free.',
  },
};

/** How to get a key of the provider, step by step. */
export const KeySteps = ({ provider, keyHelp }: { provider: ProviderName; keyHelp: string }): JSX.Element => {
  const guide = guides[provider];
  if (guide === undefined) return <p>{keyHelp}</p>;
  return (
    <>
      <p>{guide.needs}</p>
      <ol class="key-steps">
        {guide.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p class="note">{guide.note}</p>
    </>
  );
};

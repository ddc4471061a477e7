import type { JSX } from 'preact';
import { useCredits } from '../app/use-credits.js';

/** The choice between real credits and those of the sandbox; nothing where only real keys are used. */
export const CreditsSwitch = (): JSX.Element | null => {
  const { sandbox, hasChoice, choose } = useCredits();
  if (!hasChoice) return null;
  return (
    <div class="credits-switch" role="group" aria-label="Credits">
      <button type="button" class="tab" aria-pressed={!sandbox} onClick={() => choose(false)}>
        Real
      </button>
      <button type="button" class="tab" aria-pressed={sandbox} onClick={() => choose(true)}>
        Sandbox
      </button>
      {sandbox ? <p class="note">Invented records. These credits cost nothing.</p> : null}
    </div>
  );
};

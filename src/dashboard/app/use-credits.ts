import { KeyKindsDocument } from '../api/operations.js';
import { useReading } from '../api/use-operation.js';
import { useSession } from './session.js';
import { creditsParameter, useParameter } from './use-view.js';

export type CreditsInAddress = {
  /** Whether the sandbox's credits are shown instead of real ones: the filter `sandbox` of usage, entries and exports. */
  sandbox: boolean;
  /** Whether there is a choice: the workspace has used the sandbox, or the address says so. */
  hasChoice: boolean;
  /** Shows the sandbox's credits, or with false the real ones. The choice goes into the address. */
  choose: (sandbox: boolean) => void;
  /** What is invalid in the address, for the viewer. */
  problems: readonly string[];
};

/**
 * Which credits a page shows: real ones, or those of the sandbox, which are never added to each other. How to use it on a
 * page with figures of usage or entries:
 *
 * 1. `const { sandbox } = useCredits()`, and send `filter: { sandbox }` with every query of usage and entries, and
 *    `sandbox=true` or `sandbox=false` with every export.
 * 2. `<Page hasCredits …>`, which shows the switch between Real and Sandbox and labels the sandbox's figures. Outside of a
 *    page's head use `<CreditsSwitch />`.
 *
 * The address has the choice (`credits=real` or `credits=sandbox`), which links keep. Without one, real credits are shown,
 * or the sandbox's in a workspace that has used nothing else.
 */
export const useCredits = (): CreditsInAddress => {
  const { viewer } = useSession();
  const [chosen, setChosen] = useParameter(creditsParameter);
  const { data } = useReading(KeyKindsDocument, {});
  const { keyKinds } = (data ?? { viewer }).viewer.workspace;
  const usedSandbox = keyKinds.includes('SANDBOX');
  const isSandboxByDefault = usedSandbox && !keyKinds.includes('REAL');
  const isValid = chosen === null || chosen === 'real' || chosen === 'sandbox';
  return {
    sandbox: chosen === null || !isValid ? isSandboxByDefault : chosen === 'sandbox',
    hasChoice: usedSandbox || chosen === 'sandbox',
    choose: (sandbox) => setChosen(sandbox ? 'sandbox' : 'real'),
    problems: isValid
      ? []
      : [
          `"${chosen}" is neither "real" nor "sandbox". ${isSandboxByDefault ? 'Sandbox' : 'Real'} credits are shown.`,
        ],
  };
};

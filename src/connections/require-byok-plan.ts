import type { Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';

/** Whether the workspace's plan lets it use keys of its own. */
export const mayUseOwnKeys = (caller: Pick<Caller, 'plan'>): boolean => caller.plan !== 'FREE';

/** Throws PLAN_REQUIRED where the plan does not cover keys of one's own, stored or sent along. */
export const requireByokPlan = (caller: Pick<Caller, 'plan'>): void => {
  if (mayUseOwnKeys(caller)) return;
  throw new GatewayError(
    'PLAN_REQUIRED',
    `The plan ${caller.plan} does not cover keys of your own, so only the operator's account pays: leave out the key, the connection and payer OWN, or have the operator of this gateway put the workspace on STARTER, EXPLORER or PRO.`,
  );
};

import { GatewayError, isProblemCode } from '../errors.js';
import type { UserErrorShape } from './problem.js';

export type WithUserErrors<Done> = { done: Done | null; userErrors: UserErrorShape[] };

/**
 * Runs a change. A refusal that the caller can act on becomes data in `userErrors`; whatever is wrong with the request
 * or with us is thrown on.
 */
export const withUserErrors = async <Done>(change: () => Promise<Done>): Promise<WithUserErrors<Done>> => {
  try {
    return { done: await change(), userErrors: [] };
  } catch (error) {
    if (!(error instanceof GatewayError) || !isProblemCode(error.code)) throw error;
    return { done: null, userErrors: [{ code: error.code, message: error.message, field: error.field }] };
  }
};

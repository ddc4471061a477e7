import { type Allowance, both, createAllowance } from './allowance.js';
import type { AskOptions, AskRequest } from './lookup-request.js';

/** What a field of a request may spend: its own limit, within the request's. */
export const limitOf = (request: AskRequest, { maxCredits }: AskOptions): Allowance =>
  maxCredits == null ? request.allowance : both(request.allowance, createAllowance(BigInt(maxCredits)));

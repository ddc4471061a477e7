import { type Allowance, both, createAllowance } from './allowance.js';
import type { LookupOptions, LookupRequest } from './lookup-request.js';

/** What a field of a request may spend: its own limit, within the request's. */
export const allowanceFor = (request: LookupRequest, { maxCredits }: LookupOptions): Allowance =>
  maxCredits == null ? request.allowance : both(request.allowance, createAllowance(BigInt(maxCredits)));

export { accountKeys, accounts, connections, vault } from './connections.js';
export { plan, role, tokens, workspaces } from './access.js';
export {
  aliases,
  budgetCrossings,
  budgetMode,
  budgetPeriod,
  budgetPeriods,
  budgets,
  budgetScope,
  charge,
  entries,
  entryKind,
  outcome,
  reservations,
  reservationState,
  snapshots,
  unlockOrigin,
  unlocks,
} from './ledger.js';
export { idempotentRequests } from './requests.js';
export { balanceCrossings, balancePlans, balancePools, balanceReadings, readingSource } from './balances.js';
export { usageBuckets } from './usage.js';
export { waterfallDefault, waterfalls } from './waterfalls.js';

export { accountKeys, accounts, connections, vault } from './connections.js';
export { role, tokens, workspaces } from './access.js';
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
  unlocks,
} from './ledger.js';
export { idempotentRequests } from './requests.js';

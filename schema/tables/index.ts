export { accountKeys, accounts } from './accounts.js';
export { alertDeliveries, alertDestinationKind, alertDestinations, alertEvent, alerts } from './alerts.js';
export { auditEvents } from './audit-events.js';
export { archivedMonths } from './archived-months.js';
export { balancePlans, balancePools, balanceReadings, readingSource } from './balances.js';
export { budgetMode, budgetPeriod, budgetPeriods, budgets, budgetScope } from './budgets.js';
export { connections } from './connections.js';
export { charge, entries, entryKind, outcome, presumedCause } from './entries.js';
export { idempotentRequests } from './idempotent-requests.js';
export { instances } from './instances.js';
export {
  jobChunks,
  jobChunkState,
  type JobMapping,
  type JobOptions,
  jobRows,
  jobs,
  type JobSearch,
  jobState,
} from './jobs.js';
export { rateLimits } from './rate-limits.js';
export { reservations, reservationState } from './reservations.js';
export { savedViews } from './saved-views.js';
export { schemaFunctions } from './schema-functions.js';
export { recordWords, recordWordsDue, snapshots } from './snapshots.js';
export { role, tokenLookups, tokens } from './tokens.js';
export { identifierSource, unlockKeys, unlockOrigin, unlocks } from './unlocks.js';
export { uploadChunks, type UploadFault, uploadFormat, uploads } from './uploads.js';
export { usageBuckets } from './usage-buckets.js';
export { usageFallbacks } from './usage-fallbacks.js';
export { usageLate, usageRollup, usageRollupEnds, usageRollups } from './usage-rollups.js';
export { vault } from './vault.js';
export { waterfallDefault, waterfalls } from './waterfalls.js';
export { plan, workspaces } from './workspaces.js';

export type LedgerLimits = {
  /** How long a reservation may stand before it is given up. */
  reservationSeconds: number;
  /** The most asks that share one statement. */
  ledgerBatchMax: number;
  /** How long a caller waits for the ledger to take a reservation or a note. */
  reserveTimeoutMs: number;
};

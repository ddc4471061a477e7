import { newId } from '../../src/platform/ids.js';

/** What the gateway has reported about one decision. */
export type Decision = {
  /** The reason of its corrections, which no other decision has. */
  reason: string;
  charged: boolean;
  /** How many charges it resolved, and their credits; null for a decision about one. */
  reported: { charges: number; credits: number } | null;
  /** The correction that it returned for one charge. */
  returned: { entryId: string; correctionId: string } | null;
  /** The charge that another means had resolved with the opposite result. */
  opposed: string | null;
};

/** The model of decisions: what was decided, and by which lookup key each presumed charge was called. */
export type DecisionModel = {
  adminId: string;
  decisions: Decision[];
  /** By the id of the presumed entry. The ledger forgets the key with the reservation. */
  lookupKeys: Map<string, string>;
};

export const createDecisionModel = (): DecisionModel => ({
  adminId: newId(),
  decisions: [],
  lookupKeys: new Map(),
});

/** Notes the lookup keys of reservations that are called or expire: only those can become presumed charges. */
export const noteLookupKeys = (
  model: DecisionModel,
  reservations: readonly { id: string; lookup_key: string }[],
): void => {
  for (const { id, lookup_key: lookupKey } of reservations) model.lookupKeys.set(id, lookupKey);
};

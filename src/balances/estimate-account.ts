import type { Drizzle } from '../platform/database.js';
import { type Estimated, estimate } from './estimate.js';
import { type AccountPlace, readFacts } from './read-facts.js';
import { readSpending } from './read-spending.js';
import { cutsOf, spentBetween } from './spending.js';
import { buildTimeline } from './timeline.js';

/** Reads all that is known of an account and works out its balance. */
export const estimateAccount = async (
  db: Pick<Drizzle, 'select' | 'execute'>,
  place: AccountPlace,
): Promise<Estimated> => {
  const facts = await readFacts(db, place);
  const timeline = buildTimeline(facts);
  const spending = await readSpending(db, place, cutsOf(facts.asOf, timeline));
  return estimate(facts, timeline, spentBetween(spending));
};

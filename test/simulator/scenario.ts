import type { budgetBook } from './budget-book.js';
import type { FakeProvider } from './fake-provider.js';
import type { History } from './history.js';
import type { Slot } from './slot.js';

/** What a history is played in: the workspace, and the model of what must be true of it. */
export type Scenario = {
  slot: Slot;
  history: History;
  workspaceId: string;
  /** By the number of the account. */
  accountIds: readonly string[];
  connectionIds: readonly string[];
  provider: FakeProvider;
  budgets: ReturnType<typeof budgetBook>;
};

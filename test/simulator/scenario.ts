import type { createBudgetModel } from './budget-model.js';
import type { DecisionModel } from './decision-model.js';
import type { ModelProvider } from './model-provider.js';
import type { History } from './history.js';
import type { SimulatorDatabase } from './simulator-database.js';

/** Where a history runs: its workspace, and the model of what must hold in it. */
export type Scenario = {
  store: SimulatorDatabase;
  history: History;
  workspaceId: string;
  /** By the number of the account. */
  accountIds: readonly string[];
  connectionIds: readonly string[];
  provider: ModelProvider;
  decided: DecisionModel;
  budgets: ReturnType<typeof createBudgetModel>;
};

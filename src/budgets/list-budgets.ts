import { and, gt } from 'drizzle-orm';
import { budgets } from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { idShape, type Listed, type Page, pageOf, readPage } from '../platform/page.js';
import { type Budget, standing } from './budget.js';
import { readBudgets } from './read-budgets.js';

/** The workspace's budgets, oldest first, without deleted ones. Throws FORBIDDEN, or BAD_REQUEST for the page. */
export const listBudgets = async (
  { database }: { database: Database },
  caller: Caller,
  page: Page,
): Promise<Listed<Budget>> => {
  authorize(caller, 'read');
  const { first, position } = readPage(page, [idShape]);
  const ours = standing(caller.workspaceId);
  // Ids are made in the order of time, so they are the order and the cursor at once.
  const [after] = position ?? [];
  const rows = await readBudgets(
    database.db,
    caller.workspaceId,
    and(ours, after === undefined ? undefined : gt(budgets.id, after)),
    first + 1,
  );
  return pageOf(rows, first, { item: (budget) => budget, position: ({ id }) => [id] }, () =>
    database.db.$count(budgets, ours),
  );
};

import { and, eq, isNull } from 'drizzle-orm';
import { connections, tokens } from '../../schema/tables/index.js';
import { GatewayError } from '../errors.js';
import type { Drizzle } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import type { BudgetScope } from './budget.js';

/**
 * Refuses a budget for a connection or token that this workspace does not have: it would limit nothing. A workflow
 * is only a name, which the first ask may yet bring. Throws NOT_FOUND.
 */
export const refuseUnknownSubject = async (
  db: Pick<Drizzle, '$count'>,
  workspaceId: string,
  { scope, subject }: { scope: BudgetScope; subject: string | null },
): Promise<void> => {
  if (subject === null || (scope !== 'CONNECTION' && scope !== 'TOKEN')) return;
  if (isId(subject) && (await countOf(db, workspaceId, scope, subject)) > 0) return;
  const noun = scope.toLowerCase();
  throw new GatewayError(
    'NOT_FOUND',
    `This workspace has no such ${noun}: list the ${noun}s and name one of them.`,
    { field: ['subject'] },
  );
};

const countOf = (
  db: Pick<Drizzle, '$count'>,
  workspaceId: string,
  scope: 'CONNECTION' | 'TOKEN',
  id: string,
): Promise<number> =>
  scope === 'TOKEN'
    ? db.$count(tokens, and(eq(tokens.workspaceId, workspaceId), eq(tokens.id, id)))
    : db.$count(
        connections,
        and(eq(connections.workspaceId, workspaceId), eq(connections.id, id), isNull(connections.deletedAt)),
      );

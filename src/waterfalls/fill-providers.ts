import { and, eq, inArray, isNull } from 'drizzle-orm';
import { connections } from '../../schema/tables/index.js';
import { connectionNotFound } from '../connections/connection.js';
import { GatewayError } from '../errors.js';
import type { Drizzle } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { providerNames } from '../providers/catalogue.js';
import type { Step } from './step.js';

/**
 * The steps with their providers filled in from their connections. Throws NOT_FOUND for a connection that this
 * workspace does not have (deleted, or another workspace's), and INVALID_INPUT for one of another provider than the
 * step names.
 */
export const fillProviders = async (
  db: Pick<Drizzle, 'select'>,
  workspaceId: string,
  steps: readonly Step[],
): Promise<Step[]> => {
  const named = steps.map(({ connectionId }) => connectionId).filter((id) => id !== null);
  const rows = await db
    .select({ id: connections.id, provider: connections.provider, name: connections.name })
    .from(connections)
    .where(
      and(
        eq(connections.workspaceId, workspaceId),
        inArray(connections.id, named.filter(isId)),
        isNull(connections.deletedAt),
      ),
    );
  return steps.map((step, index) => {
    if (step.connectionId === null) return step;
    const connection = rows.find(({ id }) => id === step.connectionId);
    const provider = providerNames.find((name) => name === connection?.provider);
    if (connection === undefined || provider === undefined)
      throw connectionNotFound(['steps', `${index}`, 'connection']);
    if (step.provider !== null && step.provider !== provider) {
      throw new GatewayError(
        'INVALID_INPUT',
        `The connection "${connection.name}" is for ${provider}: use that provider in its step, or none.`,
        { field: ['steps', `${index}`, 'provider'] },
      );
    }
    return { ...step, provider };
  });
};

import { toPublicId } from '../access/public-ids.js';
import type { Database } from '../platform/database.js';
import { type Alert, type AlertMessage, type AlertMessages, factOf, type TitleOf } from './alert.js';

/** Makes the messages of refused keys and unavailable providers. Neither has a key, an identifier or a provider's words. */
export const createConditionMessages = (
  { sql }: Pick<Database, 'sql'>,
  titleOf: TitleOf,
): Pick<AlertMessages, 'KEY_REFUSED' | 'PROVIDER_UNAVAILABLE'> => ({
  KEY_REFUSED: async (alert) => {
    if (alert.subject === factOf(alert, 'provider')) return managedKeyRefused(alert, titleOf);
    const [connection] = await sql<{ name: string }[]>`
      select name from connections
      where workspace_id = ${alert.workspaceId} and id = ${alert.subject}::uuid and deleted_at is null`;
    if (connection === undefined) return null;
    const { name } = connection;
    const provider = factOf(alert, 'provider');
    const code = factOf(alert, 'code');
    const raisedAt = alert.raisedAt.toISOString();
    return {
      body: {
        type: 'connection.key_refused',
        connection: { id: toPublicId('connection', alert.subject), name },
        provider,
        code,
        raisedAt,
      },
      title: `${titleOf(provider)} refuses the key of the connection "${name}"`,
      facts: [
        ['Cause', code],
        ['Since', raisedAt],
        ['Action', 'rotate the key of the connection, or correct its plan at the provider'],
      ],
    };
  },
  PROVIDER_UNAVAILABLE: (alert) => {
    const provider = factOf(alert, 'provider');
    const code = factOf(alert, 'code');
    const raisedAt = alert.raisedAt.toISOString();
    return Promise.resolve({
      body: { type: 'provider.unavailable', provider, code, raisedAt },
      title: `${titleOf(provider)} is unavailable: its circuit breaker is open`,
      facts: [
        ['Cause', code],
        ['Since', raisedAt],
        ['Action', 'none: calls stop for 30 seconds or longer and are then tried again'],
      ],
    });
  },
});

/** The operator's key is no connection: its alert has the name of the provider as its subject. */
const managedKeyRefused = (alert: Alert, titleOf: TitleOf): AlertMessage => {
  const provider = factOf(alert, 'provider');
  const code = factOf(alert, 'code');
  const raisedAt = alert.raisedAt.toISOString();
  return {
    body: { type: 'managed_key.refused', provider, code, raisedAt },
    title: `${titleOf(provider)} refuses the managed key`,
    facts: [
      ['Cause', code],
      ['Since', raisedAt],
      ['Action', 'the operator replaces the managed key, and restarts the gateway'],
    ],
  };
};

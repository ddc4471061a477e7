import type { JSX } from 'preact';
import type { ConnectionFieldsFragment, ConnectionHealthFragment } from '../../api/operations.js';
import { useNow } from '../../app/use-now.js';
import { Badge } from '../../ui/badge.js';
import { formatAgo, formatWord } from '../../ui/format.js';

export type Connection = ConnectionFieldsFragment;
export type AccountHealth = ConnectionHealthFragment['health'][number];

/** The health of a connection's account as this instance knows it; null before its first call. */
export const healthOf = (
  { accountId }: Connection,
  providers: readonly ConnectionHealthFragment[],
): AccountHealth | null =>
  providers.flatMap(({ health }) => health).find((one) => one.connection?.accountId === accountId) ?? null;

/** Whether a connection can be used, in a few words. */
export const ConnectionState = ({
  connection: { isDisabled, problem, verifiedAt },
  health,
}: {
  connection: Connection;
  health: AccountHealth | null;
}): JSX.Element => {
  const now = useNow();
  if (isDisabled) return <Badge tone="warning">Disabled</Badge>;
  if (health !== null && health.state !== 'CLOSED') {
    return <Badge tone="bad">Paused: {formatWord(health.reason ?? 'it fails').toLowerCase()}</Badge>;
  }
  if (problem !== null) return <Badge tone="bad">{formatWord(problem)}</Badge>;
  if (verifiedAt === null) return <Badge tone="warning">Not verified</Badge>;
  return <Badge tone="good">Verified {formatAgo(verifiedAt, now)}</Badge>;
};

/** What a connection is, beside its name. */
export const ConnectionMarks = ({
  connection: { isDefault, sandbox },
}: {
  connection: Connection;
}): JSX.Element => (
  <>
    {isDefault ? (
      <>
        {' '}
        <Badge>Default</Badge>
      </>
    ) : null}
    {sandbox ? (
      <>
        {' '}
        <Badge>Sandbox</Badge>
      </>
    ) : null}
  </>
);

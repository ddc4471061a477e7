import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useSession } from '../../app/session.js';
import { useView } from '../../app/use-view.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { formatAgo, formatDate, formatNumber } from '../../ui/format.js';
import { type Column, Table } from '../../ui/table.js';
import { limitLines, roleTitle, scopeLines, stateOf, type Token } from './describe-token.js';

export type TokenAction = 'EDIT' | 'ROTATE' | 'REVOKE';
/** Credits of a token in the period, of real providers and of the sandbox. */
export type Spend = { real: number; sandbox: number };

type TokenTableProps = {
  tokens: readonly Token[];
  /** By the token's id; undefined while it is read. */
  spend: ReadonlyMap<string, Spend> | undefined;
  hasSandbox: boolean;
  connectionName: (id: string) => string;
  choose: (token: Token, action: TokenAction) => void;
};

export const TokenTable = (props: TokenTableProps): JSX.Element => {
  const { tokens, spend, hasSandbox, connectionName, choose } = props;
  const { now, timeZone } = useView();
  const { viewer } = useSession();
  const columns = useMemo((): readonly Column<Token>[] => {
    const credits = ({ id }: Token, kind: keyof Spend): number => spend?.get(id)?.[kind] ?? 0;
    return [
      {
        title: 'Name',
        cell: (token) => <NameCell token={token} isOwn={token.id === viewer.token.id} />,
        sortBy: ({ name }) => name.toLowerCase(),
      },
      { title: 'Role', cell: ({ role }) => roleTitle(role), sortBy: ({ role }) => role },
      { title: 'Scopes', cell: ({ scopes }) => <Lines lines={scopeLines(scopes, connectionName)} /> },
      { title: 'Limits', cell: (token) => <Lines lines={limitLines(token)} /> },
      {
        title: 'Last used',
        cell: ({ lastUsedAt }) => (lastUsedAt === null ? 'Never' : formatAgo(lastUsedAt, now)),
        sortBy: ({ lastUsedAt }) => lastUsedAt,
      },
      {
        title: 'Credits',
        cell: (token) => (spend === undefined ? '…' : formatNumber(credits(token, 'real'))),
        sortBy: (token) => credits(token, 'real'),
        isNumber: true,
      },
      ...(hasSandbox
        ? [
            {
              title: 'Sandbox',
              cell: (token: Token) => (spend === undefined ? '…' : formatNumber(credits(token, 'sandbox'))),
              sortBy: (token: Token) => credits(token, 'sandbox'),
              isNumber: true,
            },
          ]
        : []),
      { title: 'State', cell: (token) => <StateCell token={token} now={now} timeZone={timeZone} /> },
      {
        title: 'Actions',
        isUnnamed: true,
        cell: (token) => <Actions token={token} choose={choose} />,
      },
    ];
  }, [spend, hasSandbox, connectionName, choose, now, timeZone, viewer.token.id]);
  return <Table caption="Tokens of the workspace" columns={columns} rows={tokens} keyOf={({ id }) => id} />;
};

const NameCell = ({ token, isOwn }: { token: Token; isOwn: boolean }): JSX.Element => (
  <>
    <span title={token.name}>{token.name}</span> {isOwn ? <Badge>You</Badge> : null}
    <span class="below">
      …{token.hint}
      {token.workflow === null ? '' : ` · ${token.workflow}`}
    </span>
  </>
);

const Lines = ({ lines }: { lines: readonly string[] }): JSX.Element =>
  lines.length === 0 ? (
    <span class="quiet">–</span>
  ) : (
    <>
      {lines.map((line) => (
        <span key={line} class="line" title={line}>
          {line}
        </span>
      ))}
    </>
  );

const StateCell = ({ token, now, timeZone }: { token: Token; now: Date; timeZone: string }): JSX.Element => {
  const { expiresAt, revokedAt, previousSecretEndsAt } = token;
  const state = stateOf(token, now);
  if (state === 'REVOKED')
    return (
      <>
        <Badge tone="bad">Revoked</Badge>
        <span class="below">{revokedAt === null ? '' : formatDate(revokedAt, timeZone)}</span>
      </>
    );
  const overlapEnds =
    previousSecretEndsAt !== null && new Date(previousSecretEndsAt) > now ? previousSecretEndsAt : null;
  return (
    <>
      {state === 'EXPIRED' ? <Badge tone="warning">Expired</Badge> : <Badge tone="good">Active</Badge>}
      {expiresAt === null ? null : (
        <span class="below">
          {state === 'EXPIRED' ? '' : 'until '}
          {formatDate(new Date(Date.parse(expiresAt) - 1), timeZone)}
        </span>
      )}
      {overlapEnds === null ? null : (
        <span class="below">two secrets until {formatDate(overlapEnds, timeZone)}</span>
      )}
    </>
  );
};

const Actions = ({
  token,
  choose,
}: {
  token: Token;
  choose: TokenTableProps['choose'];
}): JSX.Element | null =>
  token.revokedAt !== null ? null : (
    <div class="row-tools">
      {(
        [
          ['EDIT', 'Edit'],
          ['ROTATE', 'Rotate'],
          ['REVOKE', 'Revoke'],
        ] as const
      ).map(([action, title]) => (
        <Button
          key={action}
          kind="plain"
          label={`${title} ${token.name}`}
          onClick={() => choose(token, action)}
        >
          {title}
        </Button>
      ))}
    </div>
  );

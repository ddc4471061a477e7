import type { JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import { TokenConnectionsDocument, TokensDocument, TokenSpendDocument } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { useAllPages, usePages } from '../../api/use-pages.js';
import { rolesWith, useSession } from '../../app/session.js';
import { useParameter, useView } from '../../app/use-view.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Page } from '../../ui/page.js';
import { Panel, Shown } from '../../ui/panel.js';
import { Tabs } from '../../ui/tabs.js';
import { EditToken, RevokeToken, RotateToken } from './change-token.js';
import { CreateToken } from './create-token.js';
import { isLastAdmin, stateOf, type Token } from './describe-token.js';
import { OwnToken } from './own-token.js';
import { SecretShown } from './secret-shown.js';
import { type Spend, type TokenAction, TokenTable } from './token-table.js';

type Open =
  | { kind: 'CREATE' }
  | { kind: TokenAction; token: Token }
  | { kind: 'SECRET'; title: string; secret: string; note?: string };

export const AccessPage = (): JSX.Element => {
  const { may } = useSession();
  const mayManage = may('MANAGE_TOKENS');
  const [open, setOpen] = useState<Open | null>(null);
  const connections = useAllPages(
    usePages(TokenConnectionsDocument, {}, (data) => data.connections, { enabled: may('READ') || mayManage }),
  );
  const connectionName = useCallback(
    (id: string) => connections.data?.find((one) => one.id === id)?.name ?? 'a deleted connection',
    [connections.data],
  );
  return (
    <Page
      title="Access"
      description="The tokens with which people and programs use this gateway."
      hasPeriod={mayManage}
      actions={
        mayManage ? (
          <Button kind="primary" onClick={() => setOpen({ kind: 'CREATE' })}>
            Create token
          </Button>
        ) : undefined
      }
    >
      {mayManage ? (
        <Tokens
          open={open}
          setOpen={setOpen}
          connections={connections.data ?? []}
          connectionName={connectionName}
        />
      ) : (
        <>
          <OwnToken connectionName={connectionName} />
          <p class="note role-note">Managing tokens needs the role {rolesWith('MANAGE_TOKENS')}.</p>
        </>
      )}
    </Page>
  );
};

type TokensProps = {
  open: Open | null;
  setOpen: (open: Open | null) => void;
  connections: readonly { id: string; name: string }[];
  connectionName: (id: string) => string;
};

const Tokens = ({ open, setOpen, connections, connectionName }: TokensProps): JSX.Element => {
  const { now, period } = useView();
  const [shown] = useParameter('show');
  const tokens = useAllPages(usePages(TokensDocument, {}, (data) => data.tokens));
  const variables = { from: period.from, to: period.to };
  const spend = useReading(TokenSpendDocument, variables);
  const rows = spend.data?.usage.rows ?? [];
  const choose = useCallback((token: Token, kind: TokenAction) => setOpen({ kind, token }), [setOpen]);
  return (
    <>
      <Tabs
        label="Tokens"
        parameter="show"
        tabs={[
          { value: 'active', title: 'Active' },
          { value: 'ended', title: 'Expired and revoked' },
        ]}
      />
      <Panel title="Tokens" query={{ document: TokensDocument, variables: {} }}>
        <Shown reading={tokens}>
          {(all) => {
            const isEnded = shown === 'ended';
            const wanted = all.filter((token) => (stateOf(token, now) === 'ACTIVE') !== isEnded);
            return wanted.length === 0 ? (
              <EmptyState title={isEnded ? 'No token has expired or was revoked.' : 'No token is active.'} />
            ) : (
              <TokenTable
                tokens={wanted}
                spend={spend.data === undefined ? undefined : spendOf(rows)}
                hasSandbox={rows.some(({ sandbox }) => sandbox === true)}
                connectionName={connectionName}
                choose={choose}
              />
            );
          }}
        </Shown>
        {spend.refusal === null ? null : <p class="refused">{spend.refusal}</p>}
        <p class="note below-table">
          Credits are those charged in the period ({period.title}). Limits are of a day, UTC.
        </p>
      </Panel>
      {open === null ? null : (
        <OpenDialog
          open={open}
          setOpen={setOpen}
          connections={connections}
          isLast={(token) => isLastAdmin(token, tokens.data ?? [], now)}
        />
      )}
    </>
  );
};

const OpenDialog = ({
  open,
  setOpen,
  connections,
  isLast,
}: Pick<TokensProps, 'setOpen' | 'connections'> & {
  open: Open;
  isLast: (token: Token) => boolean;
}): JSX.Element => {
  const close = (): void => setOpen(null);
  switch (open.kind) {
    case 'CREATE':
      return (
        <CreateToken
          connections={connections}
          close={close}
          created={(name, secret) => setOpen({ kind: 'SECRET', title: `${name} is created`, secret })}
        />
      );
    case 'EDIT':
      return <EditToken token={open.token} connections={connections} close={close} />;
    case 'ROTATE':
      return (
        <RotateToken
          token={open.token}
          close={close}
          rotated={(name, secret, note) =>
            setOpen({ kind: 'SECRET', title: `${name} is rotated`, secret, note })
          }
        />
      );
    case 'REVOKE':
      return <RevokeToken token={open.token} isLastAdmin={isLast(open.token)} close={close} />;
    case 'SECRET':
      return <SecretShown {...open} close={close} />;
  }
};

const spendOf = (
  rows: readonly { token: { id: string } | null; sandbox: boolean | null; creditsCharged: number }[],
): ReadonlyMap<string, Spend> => {
  const spend = new Map<string, Spend>();
  for (const { token, sandbox, creditsCharged } of rows) {
    if (token === null) continue;
    const before = spend.get(token.id) ?? { real: 0, sandbox: 0 };
    const kind = sandbox === true ? 'sandbox' : 'real';
    spend.set(token.id, { ...before, [kind]: before[kind] + creditsCharged });
  }
  return spend;
};

import type { JSX } from 'preact';
import { OwnTokenDocument } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { Fact } from '../../ui/fact.js';
import { formatInstant, formatNumber } from '../../ui/format.js';
import { Panel, Shown } from '../../ui/panel.js';
import { limitLines, roleTitle, scopeLines } from './describe-token.js';

/** What the viewer's own token may do and has used, for roles that do not manage tokens. */
export const OwnToken = ({ connectionName }: { connectionName: (id: string) => string }): JSX.Element => {
  const { timeZone } = useView();
  const reading = useReading(OwnTokenDocument, {});
  return (
    <Panel title="Your token" query={{ document: OwnTokenDocument, variables: {} }}>
      <Shown reading={reading}>
        {({ viewer: { token } }) => {
          const limits = limitLines(token);
          const scopes = scopeLines(token.scopes, connectionName);
          return (
            <dl class="facts">
              <Fact title="Name">{token.name}</Fact>
              <Fact title="Role">{roleTitle(token.role)}</Fact>
              <Fact title="Scopes">{scopes.length === 0 ? 'All that the role may' : scopes.join(' · ')}</Fact>
              <Fact title="Limits">{limits.length === 0 ? 'None' : limits.join(' · ')}</Fact>
              <Fact title="Used today (UTC)">
                {token.usedToday === null
                  ? '–'
                  : `${formatNumber(token.usedToday.lookups)} lookups, ${formatNumber(token.usedToday.credits)} credits`}
              </Fact>
              <Fact title="Expires">
                {token.expiresAt === null ? 'Never' : formatInstant(token.expiresAt, timeZone)}
              </Fact>
              {token.workflow === null ? null : <Fact title="Workflow">{token.workflow}</Fact>}
            </dl>
          );
        }}
      </Shown>
    </Panel>
  );
};

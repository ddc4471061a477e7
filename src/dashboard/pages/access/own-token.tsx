import type { JSX } from 'preact';
import { OwnTokenDocument } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
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
              <Fact title="Name" value={token.name} />
              <Fact title="Role" value={roleTitle(token.role)} />
              <Fact
                title="Scopes"
                value={scopes.length === 0 ? 'All that the role may' : scopes.join(' · ')}
              />
              <Fact title="Limits" value={limits.length === 0 ? 'None' : limits.join(' · ')} />
              <Fact
                title="Used today (UTC)"
                value={
                  token.usedToday === null
                    ? '–'
                    : `${formatNumber(token.usedToday.lookups)} lookups, ${formatNumber(token.usedToday.credits)} credits`
                }
              />
              <Fact
                title="Expires"
                value={token.expiresAt === null ? 'Never' : formatInstant(token.expiresAt, timeZone)}
              />
              {token.workflow === null ? null : <Fact title="Workflow" value={token.workflow} />}
            </dl>
          );
        }}
      </Shown>
    </Panel>
  );
};

const Fact = ({ title, value }: { title: string; value: string }): JSX.Element => (
  <div>
    <dt>{title}</dt>
    <dd>{value}</dd>
  </div>
);

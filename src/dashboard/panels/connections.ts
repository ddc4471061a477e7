import type { App, Look } from '../app.js';
import { openConnect } from '../dialogs/connect.js';
import { make } from '../make-element.js';
import {
  type AccountHealth,
  type Connection,
  type Connections,
  connections,
  verifyConnection,
} from '../operations/connections.js';
import { type Drawing, makePanel, type Panel, messageOf } from '../panel.js';
import { formatAgo, formatWord, providerTitle } from '../format.js';

/** The stored keys and their health; with the permission, a button to add one. */
export const makeConnections = (app: App): Panel => {
  const add = make(
    'button',
    { type: 'button', class: 'action', click: () => openConnect(app) },
    'Add connection',
  );
  return makePanel(app, {
    id: 'connections',
    title: 'Connections',
    width: 'full',
    showsAges: true,
    operation: () => connections,
    variables: () => ({}),
    draw: (data, look) => draw(app, data, look),
    actions: mayManage(app) ? [add] : [],
  });
};

/** A plan without keys of its own refuses connections. */
const mayManage = (app: App): boolean => app.hasOwnKeys && app.may('MANAGE_CONNECTIONS');

const draw = (app: App, { connections: { nodes }, providers }: Connections, look: Look): Drawing => {
  const health = providers.flatMap((provider) => provider.health);
  const chart = make(
    'ul',
    { class: 'rows' },
    ...nodes.map((connection) =>
      make(
        'li',
        {},
        make(
          'div',
          { class: 'row-text' },
          make('strong', {}, connection.name),
          make('p', { class: 'note' }, ...factsOf(connection)),
        ),
        healthOf(
          connection,
          health.find((one) => one.connection?.id === connection.id),
          look.now,
        ),
        mayManage(app) && !connection.isDisabled ? makeCheck(app, connection) : null,
      ),
    ),
  );
  if (nodes.length > 0) return { chart };
  return {
    chart,
    empty: app.hasOwnKeys
      ? 'No key is stored yet. Add a connection.'
      : 'On the plan FREE the managed account pays, and no keys are stored.',
  };
};

const factsOf = ({ provider, keyHint, sandbox, isDefault }: Connection): string[] => {
  const facts = [providerTitle(provider), `key …${keyHint}`];
  if (sandbox) facts.push('sandbox');
  if (isDefault) facts.push('default');
  return [facts.join(' · ')];
};

const healthOf = (
  { isDisabled, problem, verifiedAt }: Connection,
  account: AccountHealth | undefined,
  now: Date,
): HTMLElement => {
  if (isDisabled) return make('span', { class: 'health off' }, 'Switched off');
  if (account !== undefined && account.state !== 'CLOSED') {
    return make(
      'span',
      { class: 'health bad' },
      `Paused: ${formatWord(account.reason ?? 'it fails').toLowerCase()}`,
    );
  }
  if (problem !== null) return make('span', { class: 'health bad' }, formatWord(problem));
  if (verifiedAt === null) return make('span', { class: 'health off' }, 'Not verified');
  return make('span', { class: 'health good' }, `Verified ${formatAgo(verifiedAt, now)}`);
};

const makeCheck = (app: App, { id, name }: Connection): HTMLElement => {
  const check = async (): Promise<void> => {
    const { verifyConnection: done } = await app.query(verifyConnection, { id });
    app.announce(done.userErrors[0]?.message ?? `The provider takes the key of ${name}.`);
    await app.refresh();
  };
  return make(
    'button',
    {
      type: 'button',
      class: 'tool',
      'data-key': id,
      'aria-label': `Verify ${name}`,
      click: () => {
        check().catch((error: unknown) => app.announce(messageOf(error)));
      },
    },
    'Verify',
  );
};

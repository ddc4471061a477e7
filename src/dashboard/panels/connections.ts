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
import { type Drawing, makePanel, type Panel, sayTrouble } from '../panel.js';
import { sayAgo, sayWord } from '../format.js';
import { providerTitle } from '../provider-title.js';

/** The stored keys and how they fare; with the permission, the way to add one. */
export const makeConnections = (app: App): Panel => {
  const add = make(
    'button',
    { type: 'button', class: 'action', click: () => openConnect(app) },
    'Add connection',
  );
  return makePanel(app, {
    id: 'connections',
    title: 'Connections',
    width: 'half',
    tellsAges: true,
    operation: () => connections,
    variables: () => ({}),
    draw: (data, look) => draw(app, data, look),
    actions: mayManage(app) ? [add] : [],
  });
};

/** On a plan without keys of its own the gateway would refuse. */
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
      ? 'No key is stored yet. Add a connection, and what it buys is remembered for ever.'
      : 'On the plan FREE the operator of this gateway pays, and no keys are stored.',
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
      `Paused: ${sayWord(account.reason ?? 'it fails').toLowerCase()}`,
    );
  }
  if (problem !== null) return make('span', { class: 'health bad' }, sayWord(problem));
  if (verifiedAt === null) return make('span', { class: 'health off' }, 'Not verified');
  return make('span', { class: 'health good' }, `Verified ${sayAgo(verifiedAt, now)}`);
};

const makeCheck = (app: App, { id, name }: Connection): HTMLElement => {
  const check = async (): Promise<void> => {
    const { verifyConnection: done } = await app.ask(verifyConnection, { id });
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
        check().catch((error: unknown) => app.announce(sayTrouble(error)));
      },
    },
    'Verify',
  );
};

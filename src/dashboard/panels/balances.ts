import type { App, Look } from '../app.js';
import { openReading } from '../dialogs/reading.js';
import { make } from '../make-element.js';
import { type Account, accounts, type Balance, balancesOf } from '../operations/balances.js';
import { type Drawing, makePanel, type Panel } from '../panel.js';
import { formatCredits, formatDate, formatNumber, formatRate, providerTitle } from '../format.js';

const accountsMax = 20;
const soonMs = 14 * 86_400_000;

/** The balance of each account, and when it depletes. */
export const makeBalances = (app: App): Panel => {
  let known: readonly Account[] = [];
  return makePanel(app, {
    id: 'balances',
    title: 'Balances',
    width: 'third',
    prepare: async () => {
      const { connections } = await app.query(accounts, {});
      const firsts = new Map(connections.nodes.toReversed().map((node) => [node.accountId, node]));
      known = [...firsts.values()]
        .toReversed()
        .slice(0, accountsMax)
        .map(({ id, name, provider }) => ({ connectionId: id, name, provider }));
    },
    operation: () => balancesOf(known.length),
    variables: () => Object.fromEntries(known.map(({ connectionId }, at) => [`a${at}`, connectionId])),
    draw: (data, look) => draw(app, known, data, look),
  });
};

const draw = (
  app: App,
  known: readonly Account[],
  data: Readonly<Record<string, Balance>>,
  look: Look,
): Drawing => {
  const rows = known.flatMap((account, at) => {
    const balance = data[`a${at}`];
    return balance === undefined ? [] : [makeRow(app, account, balance, look)];
  });
  const chart = make('ul', { class: 'rows balances' }, ...rows);
  return rows.length === 0 ? { chart, empty: 'No account is connected yet.' } : { chart };
};

const makeRow = (app: App, account: Account, balance: Balance, look: Look): HTMLElement => {
  const { remaining, estimated } = balance;
  return make(
    'li',
    { class: isSoon(balance, look) ? 'warning' : null },
    make(
      'div',
      { class: 'share-text' },
      make('span', { class: 'name' }, account.name),
      make(
        'span',
        { class: 'figure' },
        make('b', {}, remaining === null ? 'Balance unknown' : formatNumber(remaining)),
        remaining === null ? null : estimated ? ' remaining, estimated' : ' remaining',
      ),
    ),
    make(
      'div',
      { class: 'share-text' },
      make('div', {}, ...factsOf(account, balance, look).map((fact) => make('p', { class: 'note' }, fact))),
      app.may('MANAGE_BALANCES') ? makeRecord(app, account) : null,
    ),
  );
};

const makeRecord = (app: App, account: Account): HTMLElement =>
  make(
    'button',
    {
      type: 'button',
      class: 'tool',
      'data-key': account.connectionId,
      'aria-label': `Record the balance of ${account.name}`,
      click: () => openReading(app, account),
    },
    'Record',
  );

const isSoon = ({ depletesAt, remaining }: Balance, { now }: Look): boolean =>
  (remaining !== null && remaining <= 0) ||
  (depletesAt !== null && Date.parse(depletesAt) - now.getTime() < soonMs);

const factsOf = ({ provider }: Account, balance: Balance, { timeZone }: Look): string[] => {
  const { remaining, pools, drift } = balance;
  if (remaining === null) return [`${providerTitle(provider)} does not report it: record it`];
  const outside = drift.reduce((sum, { externalSpend }) => sum + externalSpend, 0);
  const facts = [outlookOf(balance, timeZone)];
  if (pools.length > 1)
    facts.push(pools.map(({ name, remaining }) => `${name} ${formatNumber(remaining)}`).join(' · '));
  if (outside > 0) facts.push(`${formatCredits(outside)} spent outside this gateway`);
  return facts;
};

const outlookOf = (balance: Balance, timeZone: string): string => {
  const { remaining, depletesAt, renewsAt, renewsFirst, burnPerDay7 } = balance;
  if (remaining !== null && remaining <= 0) return 'Depleted';
  const rate = `${formatRate(burnPerDay7)} per day`;
  if (depletesAt !== null) return `Depletes on ${formatDate(depletesAt, timeZone)}, at ${rate}`;
  if (renewsFirst && renewsAt !== null)
    return `Lasts until it renews on ${formatDate(renewsAt, timeZone)}, at ${rate}`;
  return burnPerDay7 === 0 ? 'No spending in 7 days' : `Lasts, at ${rate}`;
};

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/platform/ids.js';
import { accounts, connections } from '../../schema/tables/index.js';
import { dataOf } from '../http/start-gateway.js';
import { inBrowser } from '../support/browser.js';
import { writeEntries } from '../usage/setup.js';
import { type DemoGateway, faultsOfLook, settled, startDemo } from './open-dashboard.js';
import { watchPages } from './watched-pages.js';

/** As long as a name may be, and with no place to break it. */
const long = (letter: string): string => letter.repeat(100);

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemo();
  const { database, findCaller } = gateway.context;
  const { workspaceId } = await findCaller(gateway.token);
  const created = await gateway.post(
    `mutation { createToken(input: { name: "${long('T')}", role: MEMBER }) { token { id } } }`,
  );
  const tokenId = dataOf<{ token: { id: string } }>(created, 'createToken').token.id.replace('tok_', '');
  const [accountId, connectionId] = [newId(), newId()];
  const account = { workspaceId, provider: 'FIRMABLE' };
  await database.db.insert(accounts).values({ ...account, id: accountId });
  await database.db.insert(connections).values({
    ...account,
    id: connectionId,
    name: long('C'),
    accountId,
    keyHint: 'aaaa',
    sandbox: false,
  });
  const occurredAt = new Date(Date.now() - 1_000);
  const shared = { occurredAt, tokenId, accountId, connectionId, sandbox: false };
  const workflows = ['CRM Sync', 'Crm sync', long('w'), long('v'), 'crm', 'events'];
  await writeEntries(database, workspaceId, [
    ...workflows.map((workflow, at) => ({ ...shared, workflow, credits: BigInt(20 - at) })),
    ...Array.from({ length: 8 }, (_, at) => ({ ...shared, workflow: `small ${at}`, credits: 1n })),
  ]);
});
afterAll(() => gateway.close());

/** The series of the tip of the last bar, and which of their figures are off the screen. */
const lastTip = async (tab: Page): Promise<{ texts: string[]; hidden: number }> => {
  const chart = tab.getByRole('group', { name: /^Credits charged by/ });
  await chart.locator('canvas').waitFor();
  await settled(tab);
  await chart.focus();
  await tab.keyboard.press('ArrowLeft');
  const rows = chart.locator('.tip > span');
  await rows.first().waitFor();
  const hidden =
    await tab.evaluate<number>(`[...document.querySelectorAll('.tip > span')].filter((figure) => {
    const { left, right } = figure.getBoundingClientRect();
    return left < 0 || right > innerWidth || figure.scrollWidth > figure.offsetWidth;
  }).length`);
  return { texts: await rows.allTextContents(), hidden };
};

const overflowOfDialog =
  "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('dialog'))";

describe('pages with long names', inBrowser, () => {
  const { open } = watchPages(() => gateway);

  it('keeps the names of groups apart from their figures when a bar is chosen', async () => {
    const tab = await open('/usage?period=today&credits=real&zone=UTC&unit=DAY');
    const { texts } = await lastTip(tab);
    expect(texts).toEqual([
      'CRM Sync: 20',
      'Crm sync: 19',
      `${long('w')}: 18`,
      `${long('v')}: 17`,
      'crm: 16',
      'events: 15',
      '8 others: 8',
    ]);
    const spoken = await tab.locator('.chart [aria-live]').innerText();
    expect(spoken).toMatch(/: CRM Sync: 20, Crm sync: 19, .*, events: 15, 8 others: 8$/);
  });

  it.each(['WORKFLOW', 'TOKEN', 'CONNECTION', 'TOKEN,CONNECTION'])(
    'shows usage by %s without scrolling sideways, with every figure of a bar on the screen',
    async (groupBy) => {
      const tab = await open(`/usage?period=7d&credits=real&unit=DAY&groupBy=${groupBy}`);
      await tab.setViewportSize({ width: 390, height: 900 });
      const { hidden, texts } = await lastTip(tab);
      expect({ hidden, isEmpty: texts.length === 0 }).toEqual({ hidden: 0, isEmpty: false });
      expect(await faultsOfLook(tab)).toEqual([]);
    },
  );

  it('shows a dialog and a notice with a long name without scrolling sideways', async () => {
    const tab = await open('/access', gateway.token);
    await tab.getByRole('button', { name: `Revoke ${long('T')}` }).click();
    await tab.getByRole('dialog').waitFor();
    for (const width of [390, 820, 1440]) {
      await tab.setViewportSize({ width, height: 900 });
      expect(await tab.evaluate(overflowOfDialog)).toBe(0);
    }
    expect(await faultsOfLook(tab)).toEqual([]);
    await tab.getByRole('button', { name: 'Revoke token' }).click();
    await tab.getByText(`${long('T')} is revoked.`).waitFor();
    expect(await faultsOfLook(tab)).toEqual([]);
  });
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf } from '../http/start-gateway.js';
import { inBrowser } from '../support/browser.js';
import { type DemoGateway, maxWait, startDemo } from './open-dashboard.js';
import { watchPages } from './watched-pages.js';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemo();
});
afterAll(() => gateway.close());

const save = async (name: string, providers: string[], id?: string): Promise<string> => {
  const answer = await gateway.post(
    'mutation S($input: SaveWaterfallInput!) { saveWaterfall(input: $input) { waterfall { id } } }',
    { input: { id, name, steps: providers.map((provider) => ({ provider })) } },
  );
  return dataOf<{ waterfall: { id: string } }>(answer, 'saveWaterfall').waterfall.id;
};

const namesOf = async (): Promise<string[]> =>
  dataOf<{ nodes: { name: string }[] }>(
    await gateway.post('{ waterfalls { nodes { name } } }'),
    'waterfalls',
  ).nodes.map(({ name }) => name);

/** What has the focus, and what the list of steps says. */
const stateOf = async (tab: Page): Promise<{ focus: string; status: string }> => ({
  focus: await tab.evaluate(
    'document.activeElement.ariaLabel ?? document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText',
  ),
  status: await tab.locator('.form [role="status"]').innerText(),
});

describe('the editor of a waterfall', inBrowser, () => {
  const { open } = watchPages(() => gateway);

  it('moves the focus to the next step when one is removed, else to the one before', async () => {
    const id = await save('removed', ['FIRMABLE', 'APOLLO', 'PEOPLE_DATA_LABS']);
    const tab = await open(`/waterfalls?waterfall=${id}`);
    await tab.getByRole('button', { name: /^Move up: step 2/ }).press('Enter');
    await tab.getByText('Apollo is step 1 of 3.').waitFor();
    await tab.getByRole('button', { name: /^Remove: step 1/ }).press('Enter');
    await expect
      .poll(() => stateOf(tab), maxWait)
      .toEqual({ focus: 'Remove: step 1, Firmable', status: 'Apollo was removed. 2 steps.' });
    await tab.getByRole('button', { name: 'Add step' }).press('Enter');
    await tab.getByText('Apollo is step 3 of 3.').waitFor();
    await tab.getByRole('button', { name: /^Remove: step 3/ }).press('Enter');
    await expect
      .poll(() => stateOf(tab), maxWait)
      .toEqual({ focus: 'Remove: step 2, People Data Labs', status: 'Apollo was removed. 2 steps.' });
    // The only step cannot be removed, so that its button is of no use.
    await tab.keyboard.press('Enter');
    await expect
      .poll(() => stateOf(tab), maxWait)
      .toEqual({ focus: 'Step 1 calls', status: 'People Data Labs was removed. 1 step.' });
  });

  it('moves the focus to the tenth step when no more can be added', async () => {
    const tab = await open(`/waterfalls?waterfall=${await save('ten', Array(9).fill('FIRMABLE'))}`);
    await tab.getByRole('button', { name: 'Add step' }).press('Enter');
    await expect
      .poll(() => stateOf(tab), maxWait)
      .toEqual({ focus: 'Step 10 calls', status: 'People Data Labs is step 10 of 10.' });
  });

  it('keeps what somebody else saved in the last seconds until Save is pressed again', async () => {
    const id = await save('shared', ['FIRMABLE', 'APOLLO']);
    const tab = await open(`/waterfalls?waterfall=${id}`);
    // A hidden page does not read by itself.
    await tab.evaluate(
      "Object.defineProperty(document, 'visibilityState', { value: 'hidden' }), document.dispatchEvent(new Event('visibilitychange'))",
    );
    await tab.getByRole('textbox', { name: 'Name' }).fill('mine');
    await tab.getByRole('button', { name: /^Move up: step 2/ }).click();
    const saveButton = tab.getByRole('button', { name: 'Save' });
    const warning = tab
      .getByRole('alert')
      .getByText('It was changed meanwhile. Saving replaces that change.');
    for (const name of ['theirs', 'theirs again']) {
      await save(name, ['APOLLO'], id);
      await saveButton.click();
      await warning.waitFor();
      await expect.poll(() => tab.getByText(name, { exact: true }).count(), maxWait).toBeGreaterThan(0);
      expect(await namesOf()).toContain(name);
    }
    expect(await tab.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('mine');
    await saveButton.click();
    await tab.getByText('mine was saved. It applies from the next lookup.').waitFor();
    expect(await namesOf()).toContain('mine');
    await warning.waitFor({ state: 'detached' });
  });
});

import { expect, it } from 'vitest';
import { forgetRecord } from '../../src/ledger/forget-record.js';
import { samplePeople } from '../../src/sandbox/samples.js';
import { openApp, openStore } from './setup.js';

it('takes one call and no credit, by the provider’s own count too, when a forgotten person is looked up again', async () => {
  const { database, enrichment, open } = await openApp(await openStore());
  const client = await open();
  const [mara] = samplePeople;
  if (mara === undefined) throw new Error('the sandbox has no people');
  const lookUp = async (by: object, maxCredits?: number) => {
    const request = client.request(maxCredits === undefined ? {} : { maxCredits });
    const { outcome, receipt } = await enrichment.lookUpPerson(request, by, {});
    return [outcome, receipt.charge, receipt.creditsCharged, receipt.fromSnapshot];
  };

  expect(await lookUp({ id: mara.id })).toEqual(['FOUND', 'CHARGED', 1n, false]);
  const before = client.provider();
  const [creditsUsed, requests] = [before.creditsUsed, before.requests];
  await forgetRecord({ database }, client.as('MANAGER'), { recordKey: `person:id:${mara.id}` });
  expect(await lookUp({ workEmail: mara.workEmail })).toEqual(['FOUND', 'ALREADY_UNLOCKED', 0n, false]);
  expect(await lookUp({ linkedin: mara.linkedin })).toEqual(['FOUND', 'ALREADY_UNLOCKED', 0n, true]);
  const after = client.provider();
  expect([after.creditsUsed, after.requests]).toEqual([creditsUsed, requests + 1]);

  await forgetRecord({ database }, client.as('MANAGER'), { recordKey: `person:id:${mara.id}` });
  expect(await lookUp({ id: mara.id }, 0)).toEqual(['FOUND', 'ALREADY_UNLOCKED', 0n, false]);
});

import type { Caller } from '../access/caller.js';
import { sourcesOf } from '../enrichment/merge-records.js';
import { companyLookupKey, personLookupKey } from '../enrichment/identifiers/record-keys.js';
import { readUnlockedRecord } from '../usage/read-unlocked-record.js';
import type { GatewayApp } from './context.js';
import { toProviderName } from './enums.js';

/**
 * The newest snapshot of a record that the workspace has unlocked; null if there is none. `id` is the provider's own, with
 * or without its type in front.
 */
export const readNodeRecord = async (
  app: GatewayApp,
  caller: Caller,
  kind: 'company' | 'person',
  id: string,
): Promise<object | null> => {
  const value = id.replace(/^[A-Z][a-z]+:/, '');
  const subject =
    kind === 'company' ? companyLookupKey({ kind: 'id', value }) : personLookupKey({ kind: 'id', value });
  const found = await readUnlockedRecord(app, caller, subject);
  if (found === null) return null;
  const raw: unknown = JSON.parse(found.body);
  const provider = app.providers[toProviderName(found.provider)];
  const read = kind === 'company' ? provider.readCompany(raw) : provider.readPerson(raw);
  if (read === null) return null;
  return { record: read.record, raw: () => raw, sources: () => sourcesOf(read.record, provider.name) };
};

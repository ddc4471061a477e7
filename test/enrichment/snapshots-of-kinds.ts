import { decodeSnapshot } from '../../src/enrichment/snapshot-cache.js';
import { readCompany } from '../../src/providers/firmable/read-company.js';
import { companyBody } from '../../src/sandbox/firmable/company-body.js';
import { flagshipCompany } from '../../src/sandbox/world/flagship.js';

export const sample = companyBody(flagshipCompany(), 'AU');

/** Bodies of one kind, each another text. */
export const bodiesOf: Record<string, (number: number) => object> = {
  'a usual record': (number) => ({ ...sample, name: `Company ${number}` }),
  'a long text': (number) => ({ ...sample, description: `no ${number} `.repeat(500) }),
  'a text beyond Latin-1': (number) => ({ ...sample, description: `${number}番 `.repeat(500) }),
  'a long list': (number) => ({ keywords: Array.from({ length: 300 }, (_, at) => `${number} of ${at}`) }),
};

export const placeOf = (number: number) => ({
  workspaceId: 'w'.repeat(36),
  accountId: 'a'.repeat(36),
  lookupKey: `company:domain:c${number}.example`,
  variant: 'AU',
});

export const snapshotOf = (number: number, body: object) => {
  const id = `f${String(number).padStart(12, '0')}`;
  const snapshot = decodeSnapshot(
    { read: readCompany, nameOf: ({ name }) => name },
    {
      // As it comes from a socket.
      body: Buffer.from(JSON.stringify({ ...body, id })).toString('utf8'),
      version: { unlockId: `unlock ${number}`.padEnd(36), fetchedAt: `2026-11-29 12:00:00.${number}+00` },
      fetchedAt: new Date(),
    },
  );
  if (snapshot === null) throw new Error('it cannot be read');
  return snapshot;
};

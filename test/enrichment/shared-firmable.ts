import type { ServerResponse } from 'node:http';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import type { Database } from '../../src/platform/database.js';
import { json, startUpstream } from '../providers/firmable/start-upstream.js';

/** A company or a person with every identifier that it reports. */
type Shared = { id: string; slug: string; fqdn?: string; emails?: readonly string[] };

/** Two companies that report one domain, and two people who report one mailbox. */
export const parent: Shared = { id: 'f000000000001', slug: 'shared-group', fqdn: 'shared.example' };
export const subsidiary: Shared = { id: 'f000000000002', slug: 'shared-sydney', fqdn: 'shared.example' };
export const ada: Shared = {
  id: 'fp000000000001',
  slug: 'ada',
  emails: ['info@shared.example', 'ada@shared.example'],
};
export const bob: Shared = {
  id: 'fp000000000002',
  slug: 'bob',
  emails: ['info@shared.example', 'bob@shared.example'],
};
const records = [parent, subsidiary, ada, bob];

/**
 * A Firmable that answers `shared.example` and `info@shared.example` with the record that it is set to, or with none, and
 * charges for each record once.
 */
export const startSharedFirmable = async () => {
  const charged = new Set<string>();
  let owner: Shared | null = null;
  let isSilent = false;

  const find = (query: URLSearchParams): Shared | null => {
    const shared = query.get('fqdn') ?? query.get('work_email') ?? query.get('personal_email');
    if (shared === 'shared.example' || shared === 'info@shared.example') return owner;
    return records.find(({ id, slug }) => query.get('id') === id || query.get('ln_slug') === slug) ?? null;
  };

  const answer = (response: ServerResponse, { url }: { url: string }): void => {
    const record = find(new URL(url, 'http://firmable').searchParams);
    if (record !== null) charged.add(record.id);
    if (isSilent) {
      response.destroy();
      return;
    }
    if (record === null) return json(response, 500, { error: 'Company profile not found' });
    const { id, slug, fqdn, emails } = record;
    json(response, 200, {
      id,
      name: slug,
      linkedin: slug,
      fqdn,
      emails: { work: emails?.map((value) => ({ value, deliverability: null })) ?? [], personal: [] },
    });
  };

  const upstream = await startUpstream(answer);
  return {
    ...upstream,
    /** The path and query of each request since the last call of this function, without the country. */
    paths: () => upstream.seen.splice(0).map(({ url }) => url.replace(/&country=\w+/, '')),
    /** The ids of the records that it has charged for. */
    charged: () => [...charged].toSorted(),
    /** Answers the shared identifier with this record from now on; null: with a miss. */
    setOwner: (record: Shared | null) => {
      owner = record;
    },
    /** Charges, but cuts the connection. */
    setSilent: (silent: boolean) => {
      isSilent = silent;
    },
  };
};

/** What the ledger of a workspace has spent, and where its own audit disagrees with it. */
export const booksOf = async (
  database: Database,
  { workspaceId }: { workspaceId: string },
): Promise<{ spent: number; disagreements: readonly unknown[] }> => {
  const [row] = await database.sql<{ spent: number }[]>`
    select coalesce(sum(credits), 0)::int as spent from entries where workspace_id = ${workspaceId}`;
  const { disagreements } = await verifyLedger(database, { workspaceId });
  return { spent: row?.spent ?? 0, disagreements };
};

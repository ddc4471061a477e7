import type { ExportDeps } from '../usage/exports/table.js';
import type { GatewayApp } from '../graphql/context.js';
import { toProviderName } from '../graphql/enums.js';
import { idOfFilter, toPublicId } from '../platform/public-ids.js';

/** What exports need of the gateway. */
export const exportDeps = (app: GatewayApp, config: { snapshotMaxAgeSeconds: number }): ExportDeps => ({
  database: app.database,
  showId: toPublicId,
  readId: idOfFilter,
  readCompany: (provider, body) =>
    app.providers[toProviderName(provider)].readCompany(parse(body))?.record ?? null,
  readPerson: (provider, body) =>
    app.providers[toProviderName(provider)].readPerson(parse(body))?.record ?? null,
  snapshotsKept: config.snapshotMaxAgeSeconds > 0,
});

/** The ledger keeps whatever JSON it was given; an error of the parser would tell of its text. */
const parse = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
};

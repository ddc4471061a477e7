import { GatewayError } from '../../errors.js';
import { cursorsOf } from '../../platform/page.js';
import { readUsage, type UsageInput, type UsageRow } from '../read-usage.js';
import { percentile, usageSums } from '../usage-sums.js';
import { createNaming, type WithNames } from './names.js';
import type { WithCursor } from './read-pages.js';
import { chooseColumns, type Column, type Export, type ExportDeps } from './table.js';
import { writePages } from './write-pages.js';

type Row = WithCursor<WithNames<UsageRow>>;

/**
 * The rows of the usage report, which add up to its totals; the columns of chargeback are empty unless requested. Throws
 * FORBIDDEN, BAD_REQUEST, or LIMIT_EXCEEDED for a report with too many rows.
 */
export const exportUsage: Export<UsageInput> = async (deps, caller, { format, after, columns, ...input }) => {
  const chosen = chooseColumns(columnsWith(deps), columns);
  const named = await deps.read(async ({ database }) => {
    const { rows } = await readUsage({ database }, caller, input);
    return await createNaming(caller)(database, rows);
  });
  const wanted = afterCursor(
    named.map((row) => ({ ...row, cursor: cursors.make([groupOf(row)]) })),
    after,
  );
  return writePages(
    format,
    chosen,
    (async function* () {
      yield wanted;
    })(),
  );
};

const cursors = cursorsOf('usage', [/^\[/]);

/** What identifies a row in its report. */
const groupOf = (row: UsageRow): string =>
  JSON.stringify([
    row.startsAt,
    row.connectionId,
    row.provider,
    row.operation,
    row.workflow,
    row.tokenId,
    row.outcome,
    row.payer,
    row.sandbox,
  ]);

const afterCursor = (rows: Row[], after: string | null): Row[] => {
  if (after === null) return rows;
  cursors.open(after);
  const at = rows.findIndex(({ cursor }) => cursor === after);
  if (at !== -1) return rows.slice(at + 1);
  throw new GatewayError(
    'BAD_REQUEST',
    '"after" is not a row of this report: repeat the request with the same parameters, or omit it.',
    {
      field: ['after'],
    },
  );
};

const columnsWith = ({ showId }: ExportDeps): Column<Row>[] => [
  { name: 'startsAt', value: ({ startsAt }) => startsAt },
  // If an hour comes twice, `startsAt` shows which one it is.
  { name: 'startsAtLocal', value: ({ startsAtLocal }) => startsAtLocal },
  {
    name: 'connectionId',
    value: ({ connectionId }) => (connectionId === null ? null : showId('connection', connectionId)),
  },
  { name: 'connection', value: ({ connectionName }) => connectionName },
  { name: 'provider', value: ({ provider }) => provider },
  { name: 'operation', value: ({ operation }) => operation },
  { name: 'workflow', value: ({ workflow }) => workflow },
  { name: 'tokenId', value: ({ tokenId }) => (tokenId === null ? null : showId('token', tokenId)) },
  { name: 'token', value: ({ tokenName }) => tokenName },
  { name: 'outcome', value: ({ outcome }) => outcome },
  { name: 'payer', value: ({ payer }) => payer },
  { name: 'sandbox', value: ({ sandbox }) => sandbox },
  ...usageSums.map((name): Column<Row> => ({ name, value: (row) => row[name] })),
  ...[50, 90, 99].map(
    (percent): Column<Row> => ({
      name: `latencyP${percent}Ms`,
      value: ({ latencies }) => percentile(latencies, percent / 100),
    }),
  ),
  { name: 'chargebackCredits', value: ({ chargeback }) => chargeback?.credits ?? null },
  { name: 'chargebackShare', value: ({ chargeback }) => chargeback?.share ?? null },
  { name: 'chargebackRemainder', value: ({ chargeback }) => chargeback?.remainder ?? null },
  { name: 'cursor', value: ({ cursor }) => cursor },
];

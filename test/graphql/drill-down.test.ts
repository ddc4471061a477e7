import { afterAll, beforeAll, expect, it } from 'vitest';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { writeEntries } from '../usage/setup.js';

let gateway: TestGateway;
const may = (minute: number) => new Date(Date.UTC(2026, 4, 31, 23, minute));
beforeAll(async () => {
  gateway = await startGateway({ logLevel: 'silent' });
  const { database, findCaller } = gateway.context;
  const { workspaceId } = await findCaller(gateway.token);
  const refused = { outcome: 'REFUSED', charge: 'NONE', credits: 0n, provider: null, payer: null } as const;
  await writeEntries(database, workspaceId, [
    { occurredAt: may(1), credits: 2n },
    { occurredAt: may(2), ...refused },
    { occurredAt: may(3), ...refused, workflow: 'crm' },
    { occurredAt: may(4), credits: 5n, workflow: 'crm', sandbox: true },
    { occurredAt: may(5), credits: 7n, workflow: 'crm', payer: 'MANAGED' },
    { occurredAt: may(59), credits: 11n, workflow: 'mail' },
  ]);
});
afterAll(() => gateway.close());

it('lists the entries behind each row when the row has no workflow or payer, or is of the sandbox', async () => {
  type Row = Record<'startsAt' | 'endsAt' | 'workflow' | 'payer', string | null> & {
    sandbox: boolean;
    attempts: number;
    creditsCharged: number;
  };
  const { rows } = dataOf<{ rows: Row[] }>(
    await gateway.post(`{ usage(from: "2026-05-31T12:00:00Z", to: "2026-05-31T23:30:00Z", timeZone: "Asia/Kathmandu",
      groupBy: [DAY, WORKFLOW, PAYER, SANDBOX])
      { rows { startsAt endsAt workflow payer sandbox attempts creditsCharged } } }`),
    'usage',
  );
  expect(
    rows.map(({ startsAt, endsAt, workflow, payer, sandbox, attempts }) => [
      startsAt,
      endsAt,
      workflow,
      payer,
      sandbox,
      attempts,
    ]),
  ).toEqual(
    [
      ['crm', 'CONNECTION', true, 1],
      ['crm', 'MANAGED', false, 1],
      ['crm', null, false, 1],
      [null, 'CONNECTION', false, 1],
      [null, null, false, 1],
    ].map((labels) => ['2026-05-31T18:15:00.000Z', '2026-06-01T18:15:00.000Z', ...labels]),
  );
  for (const row of rows) {
    const filter = {
      from: row.startsAt,
      to: '2026-05-31T23:30:00Z',
      sandbox: row.sandbox,
      workflow: row.workflow,
      payer: row.payer,
      without: [...(row.workflow === null ? ['WORKFLOW'] : []), ...(row.payer === null ? ['PAYER'] : [])],
    };
    const found = dataOf<{ nodes: { creditsCharged: number }[] }>(
      await gateway.post(
        'query Q($filter: EntryFilter!) { entries(filter: $filter) { nodes { creditsCharged } } }',
        {
          filter,
        },
      ),
      'entries',
    );
    expect(found.nodes.map(({ creditsCharged }) => creditsCharged)).toEqual([row.creditsCharged]);
    const query = new URLSearchParams({
      from: row.startsAt ?? '',
      to: filter.to,
      sandbox: `${row.sandbox}`,
      columns: 'creditsCharged',
      ...(row.workflow === null ? {} : { workflow: row.workflow }),
      ...(row.payer === null ? {} : { payer: row.payer }),
      ...(filter.without.length === 0 ? {} : { without: filter.without.join(',') }),
    });
    const file = await fetch(`${gateway.url}/export/entries.csv?${query}`, {
      headers: { authorization: `Bearer ${gateway.token}` },
    });
    expect(await file.text()).toBe(`creditsCharged\r\n${row.creditsCharged}\r\n`);
  }
});

it('selects by value or missing label when a filter has both, and refuses an unknown label', async () => {
  const inMay =
    '{ usage(from: "2026-05-31T12:00:00Z", to: "2026-06-01T00:00:00Z", filter: FILTER) { totals { attempts } } }';
  const attempts = async (filter: string): Promise<unknown> =>
    dataOf(await gateway.post(inMay.replace('FILTER', filter)), 'usage');
  expect(await attempts('{ workflows: ["mail"], without: [WORKFLOW] }')).toEqual({ totals: { attempts: 3 } });
  expect(await attempts('{ without: [WORKFLOW, PAYER] }')).toEqual({ totals: { attempts: 1 } });
  expect(await attempts('{ without: [] }')).toEqual({ totals: { attempts: 6 } });
  const { body } = await gateway.post(inMay.replace('FILTER', '{ without: [TOKEN] }'));
  expect(body).toMatchObject({ errors: [{ message: expect.stringContaining('OptionalLabel') }] });
});

import { expect, it } from 'vitest';
import { GatewayError } from '../../../src/errors.js';
import { readEntriesQuery, readUnlocksQuery, readUsageQuery } from '../../../src/usage/exports/read-query.js';
import { idOfFilter } from '../../../src/access/public-ids.js';

const ids = { readId: idOfFilter };
const reads = { entries: readEntriesQuery, usage: readUsageQuery, unlocks: readUnlocksQuery };
const secret = 'fgw_abcdefghijklmnopqrstuvwxyz012345';

it.each<[keyof typeof reads, string, RegExp]>([
  ['entries', 'worfklow=crm', /^There is no parameter "worfklow": use .*workflow.*after/],
  ['entries', 'from=yesterday', /2026-08-01T00:00:00Z/],
  ['entries', 'from=2026-11-01T00:00:00+11:00', /%2B/],
  ['entries', 'from=2026-11-01&from=2026-11-02', /only once/],
  ['entries', 'sandbox=maybe', /true or false/],
  ['entries', 'charge=PAID', /CHARGED, ALREADY_UNLOCKED/],
  ['entries', 'lookup=1', /not an entry id/],
  ['entries', 'without=TOKEN', /CONNECTION, PROVIDER, WORKFLOW, PAYER/],
  ['entries', 'provider=firmable', /FIRMABLE/],
  ['entries', 'connection=', /not a connection id/],
  ['entries', `token=${secret}`, /not a token id/],
  ['entries', `${secret}=1`, /^There is no parameter "fgw_\[cut\]": use /],
  ['usage', 'from=2026-11-01', /needs "from" and "to"/],
  ['usage', 'from=2026-11-01&to=2026-12-01&groupBy=COLOUR', /HOUR, DAY/],
  ['unlocks', 'operation=PEOPLE_SEARCH', /COMPANY/],
  ['unlocks', 'workflow=crm', /^There is no parameter "workflow": use search, /],
])(
  'refuses a malformed parameter of %s, without repeating it, when the query is %s',
  (name, query, message) => {
    const refused = (): unknown => reads[name](ids, new URLSearchParams(query));
    expect(refused).toThrow(GatewayError);
    expect(refused).toThrow(message);
    expect(refused).not.toThrow(secret);
  },
);

it('reads public ids, instants and lists when they are separated by commas or repeated', () => {
  const id = '018f0000-0000-7000-8000-000000000001';
  const query = `from=2026-11-01&to=2026-12-01T00:00:00%2B11:00&groupBy=DAY,WORKFLOW&groupBy=TOKEN&timeZone=Australia/Sydney&connection=con_${id}&workflow=a,b&workflow=c`;
  expect(readUsageQuery(ids, new URLSearchParams(query))).toMatchObject({
    after: null,
    from: new Date('2026-11-01T00:00:00Z'),
    to: new Date('2026-11-30T13:00:00Z'),
    groupBy: ['DAY', 'WORKFLOW', 'TOKEN'],
    timeZone: 'Australia/Sydney',
    filter: { connectionId: [id], workflow: ['a,b', 'c'] },
  });
});

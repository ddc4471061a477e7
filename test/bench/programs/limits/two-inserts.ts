import { runProxy } from './run-proxy.js';

// One row before the call and one after it: the least that loses no call. No record is kept, so each is bought again.
await runProxy({
  createTables: (sql) =>
    sql`
    create table reservations (id uuid primary key, lookup_key text not null, reserved_at timestamptz not null);
    create table entries (id uuid primary key, lookup_key text not null, occurred_at timestamptz not null)`.simple(),
  before: (sql, lines) => sql`
    insert into reservations (id, lookup_key, reserved_at)
    select id, lookup_key, now()
    from unnest(
      string_to_array(${lines.map(({ id }) => id).join()}, ',')::uuid[],
      string_to_array(${lines.map(({ lookupKey }) => lookupKey).join()}, ',')
    ) as line (id, lookup_key)`,
  after: (sql, lines) => sql`
    insert into entries (id, lookup_key, occurred_at)
    select id, lookup_key, now()
    from unnest(
      string_to_array(${lines.map(({ id }) => id).join()}, ',')::uuid[],
      string_to_array(${lines.map(({ lookupKey }) => lookupKey).join()}, ',')
    ) as line (id, lookup_key)`,
});

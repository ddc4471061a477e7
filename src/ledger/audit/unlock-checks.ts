import { sql } from 'drizzle-orm';
import type { LedgerCheck } from './ledger-check.js';

/**
 * An unlock cost what its one charged entry says; a confirmed presumed charge is charged by its last correction, and costs
 * what is left of it over all of them. The correction of an ADMIN names no unlock, but the unlock names the presumed entry.
 * No entry charges what a provider gave away or its owner declared. When a provider charges every fetch, the first is the
 * price. Where the entry that bought it is archived, no later one buys it again.
 */
const prices: LedgerCheck = (inScope) => sql`
  select u.workspace_id,
    format('unlock %s (%s) cost %s, but %s entries say that it was bought, for %s in all',
      u.id, u.record_key, u.price, b.times, b.credits) as line
  from unlocks u
  cross join lateral (
    select count(*) as times, coalesce(sum(e.credits + coalesce(o.credits, 0)), 0) as credits,
      count(*) filter (
        where e.recorded_at <> u.unlocked_at and e.corrects_entry_id is distinct from u.entry_id
      ) as later_times,
      coalesce(bool_or(is_archived(e.workspace_id, e.corrects_entry_id)), false) as has_archived
    from (
      select * from entries e where e.workspace_id = u.workspace_id and e.unlock_id = u.id
      union all
      select * from entries e
      where e.workspace_id = u.workspace_id and e.corrects_entry_id = u.entry_id and e.unlock_id is null
        and e.reason is not null
    ) e
    left join lateral (
      select sum(x.credits) as credits, bool_or(x.kind = 'CORRECTION' and x.recorded_at > e.recorded_at) as is_superseded
      from (
        select * from entries x where x.workspace_id = e.workspace_id and x.id = e.corrects_entry_id
        union all
        select * from entries x
        where x.workspace_id = e.workspace_id and x.corrects_entry_id = e.corrects_entry_id and x.id <> e.id
      ) x
      where e.corrects_entry_id is not null
    ) o on true
    where e.charge = 'CHARGED' and e.account_id = u.account_id and o.is_superseded is not true
      and (not u.refetch_costs or e.id = u.entry_id or e.corrects_entry_id = u.entry_id)
  ) b
  where ${inScope(sql`u.workspace_id`)}
    and case
      when u.origin = 'DECLARED' or u.price = 0 then b.times <> 0
      when is_archived(u.workspace_id, u.entry_id) then b.later_times <> 0
      else b.times <> 1 or (b.credits <> u.price and not b.has_archived)
    end
  order by u.workspace_id, u.id`;

/** A charged record is unlocked in the same account. */
const chargedUnlocked: LedgerCheck = (inScope) => sql`
  select e.workspace_id, format('entry %s is charged, but its account has no such unlock', e.id) as line
  from entries e
  where e.charge in ('CHARGED', 'ALREADY_UNLOCKED') and e.outcome = 'FOUND' and ${inScope(sql`e.workspace_id`)}
    and not exists (
      select from unlocks u
      where u.workspace_id = e.workspace_id and u.id = e.unlock_id and u.account_id = e.account_id)
  order by e.workspace_id, e.id`;

/** A bought unlock refers to an entry of its account; a declared one to none. */
const firstEntries: LedgerCheck = (inScope) => sql`
  select u.workspace_id, case u.origin
      when 'BOUGHT' then
        format('unlock %s names entry %s, which its account does not have', u.id, coalesce(u.entry_id::text, 'none'))
      else format('unlock %s is declared, but names entry %s', u.id, u.entry_id)
    end as line
  from unlocks u
  where ${inScope(sql`u.workspace_id`)} and case u.origin
    when 'BOUGHT' then not is_archived(u.workspace_id, u.entry_id) and not exists (
      select from entries e
      where e.workspace_id = u.workspace_id and e.id = u.entry_id and e.account_id = u.account_id)
    else u.entry_id is not null
  end
  order by u.workspace_id, u.id`;

const unlockKeys: LedgerCheck = (inScope) => sql`
  select k.workspace_id, format('a lookup key of account %s leads to unlock %s, which that account does not have',
    k.account_id, k.unlock_id) as line
  from unlock_keys k
  where ${inScope(sql`k.workspace_id`)} and not exists (
    select from unlocks u
    where u.workspace_id = k.workspace_id and u.id = k.unlock_id and u.account_id = k.account_id)
  order by k.workspace_id, k.unlock_id`;

/** A lookup by a record's own id finds its unlock. */
const ownKeys: LedgerCheck = (inScope) => sql`
  select u.workspace_id, format('unlock %s is not found by its own key %s', u.id, u.record_key) as line
  from unlocks u
  where ${inScope(sql`u.workspace_id`)} and not exists (
    select from unlock_keys k
    where k.workspace_id = u.workspace_id and k.account_id = u.account_id and k.lookup_key = u.record_key)
  order by u.workspace_id, u.id`;

const snapshots: LedgerCheck = (inScope) => sql`
  select s.workspace_id, format('snapshot of unlock %s stands without it', s.unlock_id) as line
  from snapshots s
  where ${inScope(sql`s.workspace_id`)} and not exists (
    select from unlocks u where u.workspace_id = s.workspace_id and u.id = s.unlock_id)
  order by s.workspace_id, s.unlock_id`;

export const unlockChecks: readonly LedgerCheck[] = [
  prices,
  chargedUnlocked,
  firstEntries,
  unlockKeys,
  ownKeys,
  snapshots,
];

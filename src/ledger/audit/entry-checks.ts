import { sql } from 'drizzle-orm';
import type { LedgerCheck } from './ledger-check.js';

/** Credits match their charge: a charged or presumed entry costs, no other does, and only an unlocked record saves. */
const charges: LedgerCheck = (inScope) => sql`
  select e.workspace_id, format('entry %s is %s with %s credits charged and %s saved', e.id, e.charge, e.credits, e.saved)
    as line
  from entries e
  where ${inScope(sql`e.workspace_id`)} and e.kind = 'LOOKUP' and not case e.charge
    when 'CHARGED' then e.credits >= 0 and e.saved = 0
    when 'PRESUMED' then e.credits > 0 and e.saved = 0
    when 'ALREADY_UNLOCKED' then e.credits = 0 and e.saved >= 0
    else e.credits = 0 and e.saved = 0
  end
  order by e.workspace_id, e.id`;

/**
 * A correction corrects a presumed charge of the same account and returns what it does not confirm. It lists the same
 * budgets, and those that were set since and count from the start of their period. What it corrects may be archived.
 */
const corrections: LedgerCheck = (inScope) => sql`
  select c.workspace_id, format('correction %s (%s, %s credits) does not fit %s', c.id, c.charge, c.credits,
    coalesce('entry ' || p.id || ' (' || p.charge || ', ' || p.credits || ' credits)', 'any entry')) as line
  from entries c
  left join entries p on p.workspace_id = c.workspace_id and p.id = c.corrects_entry_id
  where ${inScope(sql`c.workspace_id`)} and (c.kind = 'CORRECTION' or c.corrects_entry_id is not null)
    and not is_archived(c.workspace_id, c.corrects_entry_id) and not coalesce(
    c.kind = 'CORRECTION' and p.kind = 'LOOKUP' and p.charge = 'PRESUMED' and p.occurred_at = c.occurred_at
      and p.account_id is not distinct from c.account_id
      and p.budget_ids = c.budget_ids[:cardinality(p.budget_ids)]
      and p.budget_starts = c.budget_starts[:cardinality(p.budget_starts)]
      and (c.charge = 'CHARGED' or (c.charge <> 'PRESUMED' and c.credits = - p.credits)),
    false)
  order by c.workspace_id, c.id`;

/** A correction occurred when the entry did that it corrects, and may be in a later month. */
const correctionMayBeArchived = sql`exists (
  select from archived_months m where m.workspace_id = p.workspace_id and m.occurred @> p.occurred_at)`;

/**
 * A presumed charge is pending, with its credits in a reservation, or it was corrected once; or by the decision of an ADMIN
 * and then once more by evidence. While only its decision is known, a reservation may keep what the ledger counts for it.
 */
const presumptions: LedgerCheck = (inScope) => sql`
  select p.workspace_id, format('entry %s presumes %s credits, but %s pending for it, and it was corrected %s times',
    p.id, p.credits, coalesce(r.credits || ' are', 'nothing is'), c.times) as line
  from entries p
  left join reservations r on r.id = p.id and r.workspace_id = p.workspace_id and r.state <> 'HELD'
  cross join lateral (
    select count(*) as times, count(c.reason) as decisions, coalesce(sum(c.credits), 0) as credits
    from entries c where c.workspace_id = p.workspace_id and c.corrects_entry_id = p.id
  ) c
  where ${inScope(sql`p.workspace_id`)} and p.charge = 'PRESUMED' and not case
    when r.id is null then c.times = 1 or (c.times = 2 and c.decisions = 1)
      or (c.times = 0 and ${correctionMayBeArchived})
    else c.times = c.decisions and c.times = case r.state when 'DECIDED' then 1 else 0 end
      and r.credits = p.credits + c.credits and r.account_id is not distinct from p.account_id
  end
  order by p.workspace_id, p.id`;

/** A pending or decided reservation has a presumed entry; a held one has no entry yet. One that an ADMIN has confirmed may be archived. */
const reservations: LedgerCheck = (inScope) => sql`
  select r.workspace_id, format('reservation %s is %s, but its entry is %s', r.id, r.state, coalesce(e.charge::text, 'missing'))
    as line
  from reservations r
  left join entries e on e.workspace_id = r.workspace_id and e.id = r.id
  where ${inScope(sql`r.workspace_id`)}
    and case
      when r.state = 'HELD' then e.id is not null
      else e.charge is distinct from 'PRESUMED' and not is_archived(r.workspace_id, r.id)
    end
  order by r.workspace_id, r.id`;

export const entryChecks: readonly LedgerCheck[] = [charges, corrections, presumptions, reservations];

import { type SQL, sql } from 'drizzle-orm';
import { sumOfGroups, type UsageSum } from './usage-sums.js';

/** By what groups are compared over the whole period. */
export const topMeasures = [
  'creditsCharged',
  'creditsSaved',
  'lookups',
  'attempts',
] as const satisfies readonly UsageSum[];
export type TopMeasure = (typeof topMeasures)[number];

/** How many groups of labels have rows of their own: the largest of the period. The others have one row for each time. */
export type Top = { groups: number; by: TopMeasure };

/**
 * Merges those of the groups of a report, by `at` and `keys`, that are not the largest: selects for each time `at`, `keys`,
 * `kept`, the sums, and `others`, how many groups of the whole period a row of others stands for; null in a row of one group.
 *
 * Groups are compared by windows: labels may be null, and no join finds those by a hash.
 */
export const topGroups = (
  { groups: count, by }: Top,
  keys: readonly string[],
  { groups, latencies }: { groups: SQL; latencies: boolean },
): SQL => {
  const named = sql.raw(keys.join(', '));
  const labels = sql.raw(keys.map((key) => `case when is_own then ${key} end as ${key}`).join(', '));
  // By their places in the list: the names are those of the groups.
  const labelPlaces = sql.raw(keys.map((_, at) => at + 2).join(', '));
  return sql`
    select at, ${labels}, bool_and(kept) as kept, ${sumOfGroups(latencies)},
      case when not is_own then max(others) end as others
    from (
      select *, place <= ${count}::int as is_own, max(place) over () - ${count}::int as others
      from (
        select *, dense_rank() over (order by total desc, ${named}) as place
        from (
          select *, sum(${sql.raw(`"${by}"`)}) over (partition by ${named}) as total from (${groups}) as groups
        ) as summed
      ) as ranked
    ) as counted
    group by at, is_own, ${labelPlaces}`;
};

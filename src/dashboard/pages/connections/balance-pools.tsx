import type { JSX } from 'preact';
import type { BalancePlanFieldsFragment, BalancePoolInput } from '../../api/operations.js';
import { addDays, civilAt, readCivil, startOfDay, writeCivil } from '../../time/zone-time.js';
import { Button } from '../../ui/button.js';
import { NumberField, TextField } from '../../ui/field.js';
import type { FormError, FormValues } from '../../ui/form.js';
import { readWhole, wholeFault } from './record-balance-dialog.js';

type Pool = BalancePlanFieldsFragment['pools'][number];

/** An add-on pool in the form. Its fields are called `${key}-name` and so on. */
export type PoolRow = {
  key: string;
  /** The pool as it is stored, whose instants stay where its dates are not changed; null for a new one. */
  pool: Pool | null;
  firstDay: string;
  lastDay: string;
};

export const rowOfPool = (pool: Pool, timeZone: string): PoolRow => ({
  key: pool.id,
  pool,
  firstDay: writeCivil(civilAt(new Date(pool.startsAt), timeZone)),
  // It ends at the first instant after its last day.
  lastDay: pool.endsAt === null ? '' : writeCivil(civilAt(new Date(Date.parse(pool.endsAt) - 1), timeZone)),
});

/** The add-on pools as they were typed, with dates as instants of the plan's time zone. */
export const readPools = (
  rows: readonly PoolRow[],
  values: FormValues,
  timeZone: string,
): { pools: BalancePoolInput[]; errors: FormError[] } => {
  const errors: FormError[] = [];
  const pools = rows.map(({ key, pool, firstDay, lastDay }): BalancePoolInput => {
    const credits = readWhole(values.text(`${key}-credits`));
    if (credits === null) errors.push(wholeFault(`${key}-credits`));
    const starts = values.text(`${key}-startsAt`);
    const ends = values.text(`${key}-endsAt`);
    const start = readCivil(starts);
    const end = readCivil(ends);
    const startsAt =
      pool !== null && starts === firstDay
        ? pool.startsAt
        : start === null
          ? null
          : startOfDay(start, timeZone).toISOString();
    const endsAt =
      pool !== null && ends === lastDay
        ? pool.endsAt
        : end === null
          ? null
          : startOfDay(addDays(end, 1), timeZone).toISOString();
    return { name: values.text(`${key}-name`), credits: credits ?? 0, startsAt, endsAt };
  });
  return { pools, errors };
};

/** The fields of the add-on pools, with buttons to add and remove one. */
export const PoolFields = ({
  rows,
  change,
}: {
  rows: readonly PoolRow[];
  change: (rows: readonly PoolRow[]) => void;
}): JSX.Element => (
  <fieldset class="group">
    <legend>Add-on pools, bought in addition to the plan</legend>
    {rows.map(({ key, pool, firstDay, lastDay }, at) => (
      <div key={key} class="pool" role="group" aria-label={`Pool ${at + 1}`}>
        <div class="fields narrow">
          <TextField
            name={`${key}-name`}
            label="Name"
            required="Enter a name"
            maxLength={100}
            value={pool?.name ?? ''}
          />
          <NumberField
            name={`${key}-credits`}
            label="Credits at its start"
            required="Enter the credits"
            value={pool?.credits ?? null}
          />
          <TextField name={`${key}-startsAt`} type="date" label="First day" value={firstDay} />
          <TextField name={`${key}-endsAt`} type="date" label="Last day" value={lastDay} />
        </div>
        <Button
          kind="plain"
          label={`Remove pool ${at + 1}`}
          onClick={() => change(rows.filter((row) => row.key !== key))}
        >
          Remove
        </Button>
      </div>
    ))}
    <div class="buttons">
      <Button onClick={() => change([...rows, newRow(rows)])}>Add pool</Button>
      <span class="note">Without a first day a pool starts now, without a last day it does not expire.</span>
    </div>
  </fieldset>
);

const newRow = (rows: readonly PoolRow[]): PoolRow => {
  const last = Math.max(0, ...rows.map(({ key }) => (key.startsWith('new-') ? Number(key.slice(4)) : 0)));
  return { key: `new-${last + 1}`, pool: null, firstDay: '', lastDay: '' };
};

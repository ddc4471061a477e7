import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { useView } from '../app/use-view.js';
import { type PeriodName, periodNames, periodTitles } from '../time/period.js';
import { readCivil, writeCivil } from '../time/zone-time.js';
import { ZoneSelect } from './zone-select.js';

/** The controls of period and time zone. What is chosen goes into the address. */
export const PeriodControls = (): JSX.Element => {
  const { view, choose } = useView();
  const id = useId();
  return (
    <div class="period" role="group" aria-label="Period">
      <label for={`${id}-period`}>Period</label>
      <select
        id={`${id}-period`}
        value={view.periodName}
        onChange={({ currentTarget }) => {
          const periodName = periodNames.find((name): name is PeriodName => name === currentTarget.value);
          choose({ ...view, periodName: periodName ?? '30d' });
        }}
      >
        {periodNames.map((name) => (
          <option key={name} value={name}>
            {periodTitles[name]}
          </option>
        ))}
      </select>
      {view.periodName === 'custom' ? <Dates key={JSON.stringify(view.custom)} /> : null}
      <label for={`${id}-zone`}>Time zone</label>
      <ZoneSelect
        id={`${id}-zone`}
        value={view.timeZone}
        onChange={(timeZone) => choose({ ...view, timeZone })}
      />
    </div>
  );
};

const Dates = (): JSX.Element => {
  const { view, choose } = useView();
  const [first, setFirst] = useState(writeCivil(view.custom.first));
  const [last, setLast] = useState(writeCivil(view.custom.last));
  const [from, to] = [readCivil(first), readCivil(last)];
  const isReversed = from !== null && to !== null && first > last;
  const apply = (): void => {
    if (from !== null && to !== null && !isReversed) choose({ ...view, custom: { first: from, last: to } });
  };
  return (
    <span class="dates">
      <label>
        From{' '}
        <input
          type="date"
          value={first}
          onInput={({ currentTarget }) => setFirst(currentTarget.value)}
          onBlur={apply}
        />
      </label>
      <label>
        to{' '}
        <input
          type="date"
          value={last}
          onInput={({ currentTarget }) => setLast(currentTarget.value)}
          onBlur={apply}
        />
      </label>
      {isReversed ? (
        <span class="wrong" role="alert">
          The period ends before it begins.
        </span>
      ) : null}
    </span>
  );
};

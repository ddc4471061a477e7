import { find } from './make-element.js';
import { type PeriodName, periodNames, periodTitles } from './period.js';
import type { View } from './view.js';
import { readCivil, writeCivil } from './zone-time.js';
import { zoneSelect } from './zone-select.js';

/** The pickers of period and time zone; `changed` gets what was chosen, until the signal ends it. */
export const wireControls = (view: View, changed: (view: View) => void, signal: AbortSignal): void => {
  const period = find('period', HTMLSelectElement);
  const first = find('first', HTMLInputElement);
  const last = find('last', HTMLInputElement);
  const dates = find('dates', HTMLElement);
  const zone = zoneSelect('zone', view.timeZone);
  zone.id = 'zone';
  find('zone', HTMLSelectElement).replaceWith(zone);
  period.replaceChildren(...periodNames.map((name) => new Option(periodTitles[name], name)));
  period.value = view.periodName;
  first.value = writeCivil(view.custom.first);
  last.value = writeCivil(view.custom.last);
  dates.hidden = view.periodName !== 'custom';

  const read = (): void => {
    dates.hidden = period.value !== 'custom';
    const from = readCivil(first.value);
    const to = readCivil(last.value);
    // A date half typed, or an end before its beginning, is no choice yet.
    if (from === null || to === null || first.value > last.value) return;
    changed({
      periodName: periodNames.find((name): name is PeriodName => name === period.value) ?? '30d',
      custom: { first: from, last: to },
      timeZone: zone.value,
    });
  };
  for (const control of [period, first, last, zone]) control.addEventListener('change', read, { signal });
};

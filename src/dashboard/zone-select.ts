import { make } from './make-element.js';
import { browserZone, isPlaceZone } from './view.js';

/** A list of every time zone, the browser's and UTC first, the others by region. */
export const zoneSelect = (name: string, chosen: string): HTMLSelectElement => {
  const near = [...new Set([chosen, browserZone(), 'UTC'])];
  const regions = Map.groupBy(
    Intl.supportedValuesOf('timeZone').filter((zone) => isPlaceZone(zone) && !near.includes(zone)),
    (zone) => zone.split('/')[0] ?? zone,
  );
  return make(
    'select',
    { name },
    ...near.map((zone) => make('option', { value: zone, selected: zone === chosen }, sayZone(zone))),
    ...[...regions].map(([region, zones]) =>
      make(
        'optgroup',
        { label: region },
        ...zones.map((zone) => make('option', { value: zone }, sayZone(zone))),
      ),
    ),
  );
};

const sayZone = (zone: string): string => zone.replaceAll('_', ' ');

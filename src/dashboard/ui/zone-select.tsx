import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { browserZone, isPlaceZone } from '../time/view.js';

const titleOf = (zone: string): string => zone.replaceAll('_', ' ');

/** A list of every time zone, the browser's and UTC first, the others by region. */
export const ZoneSelect = ({
  id,
  name,
  value,
  onChange,
}: {
  id: string;
  name?: string;
  value: string;
  onChange?: (zone: string) => void;
}): JSX.Element => {
  const near = [...new Set([value, browserZone(), 'UTC'])];
  const regions = useMemo(() => {
    const others = Intl.supportedValuesOf('timeZone').filter(
      (zone) => isPlaceZone(zone) && !near.includes(zone),
    );
    return [...Map.groupBy(others, (zone) => zone.split('/')[0] ?? zone)];
  }, [near.join()]);
  return (
    <select
      id={id}
      name={name}
      value={value}
      onChange={({ currentTarget }) => onChange?.(currentTarget.value)}
    >
      {near.map((zone) => (
        <option key={zone} value={zone}>
          {titleOf(zone)}
        </option>
      ))}
      {regions.map(([region, zones]) => (
        <optgroup key={region} label={region}>
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {titleOf(zone)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
};

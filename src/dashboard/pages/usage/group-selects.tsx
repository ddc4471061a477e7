import type { JSX } from 'preact';
import { Button } from '../../ui/button.js';
import { type Dimension, dimensionNames, dimensions } from './dimensions.js';
import { useUsageAddress } from './use-usage-address.js';

/** The labels that usage is grouped by, at most two, and whether the period before is shown. */
export const GroupSelects = (): JSX.Element => {
  const { address, change } = useUsageAddress();
  const [first = null, second = null] = address.groupBy;
  const choose = (at: number, text: string): void => {
    const chosen = dimensionNames.find((name) => name === text) ?? null;
    const groups = at === 0 ? [chosen, second] : [first, chosen];
    change({ groupBy: [...new Set(groups.filter((name) => name !== null))] });
  };
  return (
    <>
      <GroupSelect label="Group by" value={first} none="No groups" choose={(text) => choose(0, text)} />
      {first === null ? null : (
        <GroupSelect
          label="Then by"
          value={second}
          none="Nothing more"
          except={first}
          choose={(text) => choose(1, text)}
        />
      )}
      <Button kind="plain" isPressed={address.compare} onClick={() => change({ compare: !address.compare })}>
        Compare
      </Button>
    </>
  );
};

const GroupSelect = ({
  label,
  value,
  none,
  except,
  choose,
}: {
  label: string;
  value: Dimension | null;
  none: string;
  except?: Dimension;
  choose: (text: string) => void;
}): JSX.Element => (
  <select
    aria-label={label}
    value={value ?? ''}
    onChange={({ currentTarget }) => choose(currentTarget.value)}
  >
    <option value="">{none}</option>
    {dimensionNames
      .filter((name) => name !== except)
      .map((name) => (
        <option key={name} value={name}>
          {dimensions[name].title}
        </option>
      ))}
  </select>
);

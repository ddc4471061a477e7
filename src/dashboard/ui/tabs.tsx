import type { JSX } from 'preact';
import { useParameter } from '../app/use-view.js';

/** A choice between a few views of one page, kept in a parameter of the address. The first one is the default. */
export const Tabs = ({
  label,
  parameter,
  tabs,
}: {
  label: string;
  parameter: string;
  tabs: readonly { value: string; title: string }[];
}): JSX.Element => {
  const [chosen, choose] = useParameter(parameter);
  const active = tabs.some(({ value }) => value === chosen) ? chosen : tabs[0]?.value;
  return (
    <div class="tabs" role="group" aria-label={label}>
      {tabs.map(({ value, title }, at) => (
        <button
          key={value}
          type="button"
          class="tab"
          aria-pressed={value === active}
          onClick={() => choose(at === 0 ? null : value)}
        >
          {title}
        </button>
      ))}
    </div>
  );
};

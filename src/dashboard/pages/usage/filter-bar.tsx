import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { UsageReportDocument } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { Button } from '../../ui/button.js';
import { CheckField, SelectField } from '../../ui/field.js';
import { Dialog } from '../../ui/dialog.js';
import { Form } from '../../ui/form.js';
import { formatNumber, formatWord, providerTitle } from '../../ui/format.js';
import { Shown } from '../../ui/panel.js';
import {
  dimensionOf,
  dimensions,
  type FilterName,
  filterNames,
  filterTitle,
  valuesOf,
} from './dimensions.js';
import { filterText } from './usage-address.js';
import { useUsageVariables } from './use-usage.js';
import { useUsageAddress } from './use-usage-address.js';

/** The filters in the address, each removable, and how to add one. */
export const FilterBar = (): JSX.Element => {
  const { address, change } = useUsageAddress();
  const [edited, setEdited] = useState<FilterName | null>(null);
  const titleOf = useValueTitles();
  const chips = filterNames.flatMap((name) => {
    const values = address.filters[name];
    return values === undefined ? [] : [{ name, text: filterText(name, values, titleOf) }];
  });
  return (
    <div class="filters" role="group" aria-label="Filters">
      {chips.map(({ name, text }) => (
        <span key={name} class="chip">
          <button
            type="button"
            class="chip-text"
            aria-label={`${text}: change the filter`}
            onClick={() => setEdited(name)}
          >
            {text}
          </button>
          <button
            type="button"
            class="chip-remove"
            aria-label={`Remove the filter by ${filterTitle(name).toLowerCase()}`}
            onClick={() => change({ filters: { ...address.filters, [name]: undefined } })}
          >
            ×
          </button>
        </span>
      ))}
      <Button onClick={() => setEdited('workflow')}>Add filter</Button>
      {chips.length < 2 ? null : (
        <Button kind="plain" onClick={() => change({ filters: {} })}>
          Remove all filters
        </Button>
      )}
      {edited === null ? null : <FilterDialog first={edited} close={() => setEdited(null)} />}
    </div>
  );
};

/** The names of tokens and connections that are filtered by, from the usage of the period. */
const useValueTitles = (): ((value: string) => string) => {
  const { address } = useUsageAddress();
  const needed = (['TOKEN', 'CONNECTION'] as const).filter(
    (dimension) => address.filters[dimensions[dimension].parameter] !== undefined,
  );
  const variables = useUsageVariables(address, { groupBy: needed, previous: false });
  const { data } = useReading(UsageReportDocument, variables, { enabled: needed.length > 0 });
  const titles = new Map(
    (data?.usage.rows ?? []).flatMap((row) =>
      needed.map((dimension) => {
        const { value, title } = dimensions[dimension].labelOf(row);
        return [value ?? '', title] as const;
      }),
    ),
  );
  return (value) => titles.get(value) ?? value;
};

const FilterDialog = ({ first, close }: { first: FilterName; close: () => void }): JSX.Element => {
  const { address, change } = useUsageAddress();
  const [name, setName] = useState(first);
  return (
    <Dialog title="Filter" close={close}>
      <Form
        label="Filter"
        submit={async (form) => {
          const chosen = form.all('value').map((value) => (value === '' ? null : value));
          change({ filters: { ...address.filters, [name]: chosen.length === 0 ? undefined : chosen } });
          close();
          return await Promise.resolve([]);
        }}
      >
        <SelectField
          name="filter"
          label="Filter by"
          value={name}
          options={filterNames.map((one) => ({ value: one, title: filterTitle(one) }))}
          onChange={(value) => setName(filterNames.find((one) => one === value) ?? name)}
        />
        <Values key={name} name={name} />
        <div class="buttons">
          <Button kind="primary" type="submit">
            Apply
          </Button>
          <Button onClick={close}>Cancel</Button>
        </div>
      </Form>
    </Dialog>
  );
};

/** Checkboxes for the values that the period has, apart from this filter, the largest first; and for those chosen. */
const Values = ({ name }: { name: FilterName }): JSX.Element => {
  const { address } = useUsageAddress();
  const chosen = address.filters[name] ?? [];
  const dimension = dimensionOf(name);
  const others = { ...address, filters: { ...address.filters, [name]: undefined } };
  const variables = useUsageVariables(others, {
    groupBy: dimension === null ? [] : [dimension],
    previous: false,
  });
  const reading = useReading(UsageReportDocument, variables, { once: true });
  return (
    <fieldset class="group">
      <legend>Any of</legend>
      <Shown reading={reading}>
        {({ usage }) => {
          const rows = dimension === null ? [] : usage.rows;
          const found = rows
            .toSorted((a, b) => b.attempts - a.attempts)
            .map((row) => ({
              ...(dimension === null ? noLabel : dimensions[dimension].labelOf(row)),
              attempts: row.attempts,
            }));
          const offered = [...(valuesOf(name) ?? []), ...chosen]
            .filter((value) => !found.some((one) => one.value === value))
            .map((value) => ({ value, title: titleOf(name, value), attempts: 0 }));
          const all = [
            ...found,
            ...offered.filter((one, at) => offered.findIndex((two) => two.value === one.value) === at),
          ];
          return (
            <div class="choices">
              {all.map(({ value, title, attempts }) => (
                <CheckField
                  key={value}
                  name="value"
                  value={value ?? ''}
                  label={attempts === 0 ? title : `${title} · ${formatNumber(attempts)} attempts`}
                  isChecked={chosen.includes(value)}
                />
              ))}
              {all.length === 0 ? <p class="quiet">This period has no lookups.</p> : null}
            </div>
          );
        }}
      </Shown>
    </fieldset>
  );
};

const noLabel = { value: null, title: '' };

const titleOf = (name: FilterName, value: string | null): string => {
  if (value === null) return `No ${filterTitle(name).toLowerCase()}`;
  if (name === 'provider') return providerTitle(value);
  return valuesOf(name) === null ? value : formatWord(value);
};

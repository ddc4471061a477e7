import type { ComponentChildren, JSX } from 'preact';
import type { Country, EnrichFormQuery, LookupOptions, Operation } from '../../api/operations.js';
import { SelectField, TextField } from '../../ui/field.js';
import type { FormValues } from '../../ui/form.js';
import { providerTitle } from '../../ui/format.js';

const countryTitles: Readonly<Record<Country, string>> = {
  AU: 'Australia',
  CA: 'Canada',
  HK: 'Hong Kong',
  ID: 'Indonesia',
  JP: 'Japan',
  KR: 'South Korea',
  MY: 'Malaysia',
  NZ: 'New Zealand',
  PH: 'Philippines',
  SG: 'Singapore',
  TH: 'Thailand',
  US: 'United States',
  VN: 'Vietnam',
};
const countries = Object.keys(countryTitles).filter((code): code is Country => code in countryTitles);

/** The options that were chosen, without those that were left as they are. */
export const readOptions = (values: FormValues): LookupOptions => {
  const options: LookupOptions = {
    connection: values.text('connection') || null,
    waterfallName: values.text('waterfallName') || null,
    workflow: values.text('workflow') || null,
    country: countries.find((code) => code === values.text('country')) ?? null,
    maxAge: values.text('maxAge') || null,
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));
};

/** The options of lookups; `children` are the fields of the credits. */
export const OptionFields = ({
  choices,
  operation,
  children,
}: {
  choices: EnrichFormQuery;
  operation: Operation;
  children: ComponentChildren;
}): JSX.Element => {
  // People are searched at Firmable, and by its ids.
  const isSearch = operation === 'PEOPLE_SEARCH';
  const connections = choices.connections.nodes.filter(
    ({ isDisabled, provider }) => !isDisabled && (!isSearch || provider === 'FIRMABLE'),
  );
  return (
    <div class="fields">
      <SelectField
        name="connection"
        label="Connection"
        help="The connection that pays. No other one replaces it."
        options={[
          { value: '', title: 'As configured' },
          ...connections.map(({ id, name, provider, sandbox }) => ({
            value: id,
            title: `${name} (${providerTitle(provider)}${sandbox ? ', sandbox' : ''})`,
          })),
        ]}
      />
      {isSearch ? null : (
        <SelectField
          name="waterfallName"
          label="Waterfall"
          options={[
            {
              value: '',
              title: operation === 'COMPANY' ? 'The default for companies' : 'The default for people',
            },
            ...choices.waterfalls.nodes.map(({ name }) => ({ value: name, title: name })),
          ]}
        />
      )}
      <TextField name="workflow" label="Workflow" help="The purpose of the spend, for reports and budgets." />
      {children}
      <SelectField
        name="country"
        label="Country"
        help="Of regional figures, such as employees in it."
        options={[
          { value: '', title: 'All countries' },
          ...countries.map((code) => ({ value: code, title: countryTitles[code] })),
        ]}
      />
      <TextField
        name="maxAge"
        label="Maximum age"
        placeholder="30d"
        help="Of a stored record. If it is older, it is fetched again."
      />
    </div>
  );
};

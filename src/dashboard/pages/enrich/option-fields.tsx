import type { ComponentChildren, JSX } from 'preact';
import type { EnrichFormQuery, LookupOptions } from '../../api/operations.js';
import { SelectField, TextField } from '../../ui/field.js';
import type { FormValues } from '../../ui/form.js';
import { providerTitle } from '../../ui/format.js';
import type { RecordKind } from './read-keys.js';

/** The options that were chosen, without those that were left as they are. */
export const readOptions = (values: FormValues): LookupOptions => {
  const options: LookupOptions = {
    connection: values.text('connection') || null,
    waterfallName: values.text('waterfallName') || null,
    workflow: values.text('workflow') || null,
    maxAge: values.text('maxAge') || null,
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));
};

/** The options of lookups; `children` are the fields of the credits. */
export const OptionFields = ({
  choices,
  kind,
  children,
}: {
  choices: EnrichFormQuery;
  kind: RecordKind;
  children: ComponentChildren;
}): JSX.Element => {
  const connections = choices.connections.nodes.filter(({ isDisabled }) => !isDisabled);
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
      <SelectField
        name="waterfallName"
        label="Waterfall"
        options={[
          { value: '', title: kind === 'COMPANY' ? 'The default for companies' : 'The default for people' },
          ...choices.waterfalls.nodes.map(({ name }) => ({ value: name, title: name })),
        ]}
      />
      <TextField name="workflow" label="Workflow" help="The purpose of the spend, for reports and budgets." />
      {children}
      <TextField
        name="maxAge"
        label="Maximum age"
        placeholder="30d"
        help="Of a stored record. If it is older, it is fetched again."
      />
    </div>
  );
};

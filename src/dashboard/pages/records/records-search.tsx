import type { JSX } from 'preact';
import { RecordFiltersDocument } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { Button } from '../../ui/button.js';
import { SelectField, TextField } from '../../ui/field.js';
import { Form } from '../../ui/form.js';
import { useRecordsAddress } from './use-records-address.js';

const kinds = [
  { value: '', title: 'Companies and people' },
  { value: 'COMPANY', title: 'Companies' },
  { value: 'PERSON', title: 'People' },
];

/** The search box and the filters. A choice applies at once, the text when it is sent. */
export const RecordsSearch = (): JSX.Element => {
  const { search, kind, provider, connection, change } = useRecordsAddress();
  const { data } = useReading(RecordFiltersDocument, {}, { once: true });
  const providers = (data?.providers ?? []).map(({ name, title }) => ({ value: name, title }));
  const connections = (data?.connections.nodes ?? []).map(({ id, name }) => ({ value: id, title: name }));
  return (
    <div class="records-search" role="search">
      <Form
        key={search}
        label="Search of records"
        submit={(values) => {
          change({ search: values.text('search') });
          return Promise.resolve([]);
        }}
      >
        <div class="row">
          <TextField
            type="search"
            name="search"
            label="Name, domain, e-mail address, LinkedIn page or id"
            value={search}
            maxLength={1_000}
          />
          <Button kind="primary" type="submit">
            Search
          </Button>
        </div>
      </Form>
      <div class="fields">
        <SelectField
          name="kind"
          label="Kind"
          value={kind ?? ''}
          options={kinds}
          onChange={(value) => change({ kind: value })}
        />
        <SelectField
          name="provider"
          label="Provider"
          value={provider ?? ''}
          options={[{ value: '', title: 'All providers' }, ...providers]}
          onChange={(value) => change({ provider: value })}
        />
        <SelectField
          name="connection"
          label="Connection"
          value={connection ?? ''}
          options={[{ value: '', title: 'All connections' }, ...connections]}
          onChange={(value) => change({ connection: value })}
        />
      </div>
    </div>
  );
};

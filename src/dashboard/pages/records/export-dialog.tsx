import type { JSX } from 'preact';
import type { RecordRowFragment } from '../../api/operations.js';
import { useSession } from '../../app/session.js';
import { Button } from '../../ui/button.js';
import { ChoiceField } from '../../ui/choice-field.js';
import { Dialog } from '../../ui/dialog.js';
import { Form } from '../../ui/form.js';
import { useRecordsAddress } from './use-records-address.js';

type Content = 'COMPANY' | 'PERSON' | 'UNLOCKS';

const choices: readonly { value: Content; title: string; note: string }[] = [
  { value: 'COMPANY', title: 'Companies', note: 'Every field of the newest snapshot of each company.' },
  {
    value: 'PERSON',
    title: 'People',
    note: 'Likewise of each person, each phone with its Do Not Call state.',
  },
  {
    value: 'UNLOCKS',
    title: 'Unlocks',
    note: 'Both kinds: what each cost, and all identifiers, without fields.',
  },
];

/** Saves the selected records, or without a selection all that the search finds, as a CSV file. */
export const ExportDialog = ({
  selected,
  close,
}: {
  selected: readonly RecordRowFragment[];
  close: () => void;
}): JSX.Element => {
  const { client } = useSession();
  const { search, kind, filter } = useRecordsAddress();
  const kinds = new Set(selected.map(({ operation }) => operation));
  const suggested: Content =
    kinds.size > 1 ? 'UNLOCKS' : kinds.has('PERSON') || kind === 'PERSON' ? 'PERSON' : 'COMPANY';
  const save = async (content: string): Promise<void> => {
    const name = content === 'UNLOCKS' ? 'unlocks' : 'records';
    const parameters = new URLSearchParams({ bom: 'true' });
    const add = (parameter: string, value: string | null | undefined): void => {
      if (value !== null && value !== undefined && value !== '') parameters.set(parameter, value);
    };
    add('operation', content === 'UNLOCKS' ? filter.operation : content);
    if (selected.length > 0) add('ids', selected.map(({ id }) => id).join(','));
    else {
      add('search', search);
      add('provider', filter.provider);
      add('connection', filter.connection);
      add('sandbox', String(filter.sandbox));
    }
    await client.download(`/export/${name}.csv?${parameters.toString()}`, `${name}.csv`);
  };
  return (
    <Dialog title="Export records" close={close}>
      <Form
        label="Export records"
        submit={async (values) => {
          await save(values.text('content'));
          close();
          return [];
        }}
      >
        <p class="note">
          {selected.length === 0
            ? 'Every record that the search and the filters find, from the snapshots, at no cost.'
            : `${selected.length === 1 ? 'The selected record' : `The ${selected.length} selected records`}, from the snapshots, at no cost.`}
        </p>
        <ChoiceField name="content" label="Content" choices={choices} value={suggested} />
        <div class="buttons">
          <Button kind="primary" type="submit">
            Save CSV
          </Button>
          <Button onClick={close}>Cancel</Button>
        </div>
      </Form>
    </Dialog>
  );
};

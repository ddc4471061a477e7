import type { JSX } from 'preact';
import type { JobFactsFragment } from '../../api/operations.js';
import { useSession } from '../../app/session.js';
import { Button } from '../../ui/button.js';
import { SelectField, TextField } from '../../ui/field.js';
import { Dialog } from '../../ui/dialog.js';
import { Form, useIsSending } from '../../ui/form.js';

/** Saves the results of a job: the columns of the list, then those that were looked up. */
export const DownloadDialog = ({ job, close }: { job: JobFactsFragment; close: () => void }): JSX.Element => {
  const { client } = useSession();
  return (
    <Dialog title="Download the results" close={close}>
      <Form
        label="Download the results"
        submit={async (values) => {
          const format = values.text('format');
          const isExcelCsv = format === 'csv-bom';
          const extension = isExcelCsv ? 'csv' : format;
          const wanted = new URLSearchParams();
          if (values.text('fields') !== '') wanted.set('fields', values.text('fields'));
          if (isExcelCsv) wanted.set('bom', '1');
          const name = job.name.replace(/\.(?:csv|tsv|txt|xlsx)$/i, '').replaceAll(/[^\w.-]+/g, '-');
          await client.download(
            `/export/jobs/${job.id}.${extension}?${wanted.toString()}`,
            `${name}-results.${extension}`,
          );
          close();
          return [];
        }}
      >
        <div class="fields">
          <SelectField
            name="format"
            label="Format"
            options={[
              { value: 'csv', title: 'CSV' },
              { value: 'csv-bom', title: 'CSV for Excel' },
              { value: 'xlsx', title: 'Excel workbook (XLSX)' },
              { value: 'ndjson', title: 'NDJSON' },
            ]}
          />
          <TextField
            name="fields"
            label="Fields"
            placeholder={job.operation === 'PERSON' ? 'name, position, emails' : 'name, employeeCount'}
            help="The fields of the record, as the API names them. Empty: the usual ones. Your own columns come first."
          />
        </div>
        <SaveButton />
      </Form>
    </Dialog>
  );
};

const SaveButton = (): JSX.Element => {
  const isSending = useIsSending();
  return (
    <Button kind="primary" type="submit" isDisabled={isSending}>
      {isSending ? 'Downloading…' : 'Download'}
    </Button>
  );
};

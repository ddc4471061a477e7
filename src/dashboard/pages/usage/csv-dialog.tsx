import type { JSX } from 'preact';
import { useSession } from '../../app/session.js';
import { useCredits } from '../../app/use-credits.js';
import { useView } from '../../app/use-view.js';
import { writeCivil } from '../../time/zone-time.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { CheckField } from '../../ui/field.js';
import { Form } from '../../ui/form.js';
import { type CsvReport, csvColumns } from './csv-columns.js';
import type { Slot } from './entries-address.js';
import { filterParameters } from './usage-address.js';
import { useUsageAddress } from './use-usage-address.js';

/** Chooses the columns of a CSV file, and saves it. `at` is a time within the period. */
export const CsvDialog = ({
  report,
  at,
  close,
}: {
  report: CsvReport;
  at?: Slot | null;
  close: () => void;
}): JSX.Element => {
  const { client } = useSession();
  const { address } = useUsageAddress();
  const { period, timeZone } = useView();
  const { sandbox } = useCredits();
  const columns = csvColumns(report);

  const pathOf = (chosen: readonly string[]): string => {
    const query = new URLSearchParams({ from: at?.start ?? period.from, to: at?.end ?? period.to });
    if (report.name !== 'entries') {
      query.set('timeZone', timeZone);
      if (report.groupBy.length > 0) query.set('groupBy', report.groupBy.join(','));
    }
    if (report.name === 'chargeback') query.set('chargeback', 'true');
    for (const [name, value] of Object.entries(filterParameters(address.filters)))
      for (const one of [value ?? []].flat()) query.append(name, one);
    query.set('sandbox', `${sandbox}`);
    query.set('columns', chosen.join(','));
    // A downloaded file is opened in a spreadsheet: Excel reads UTF-8 by this mark only.
    query.set('bom', 'true');
    return `/export/${report.name === 'entries' ? 'entries' : 'usage'}.csv?${query.toString()}`;
  };

  return (
    <Dialog title="CSV" close={close}>
      <Form
        label="CSV"
        submit={async (form) => {
          const chosen = form.all('column');
          if (chosen.length === 0) return [{ message: 'Choose a column.' }];
          const days = `${writeCivil(period.first)}-to-${writeCivil(period.last)}`;
          await client.download(pathOf(chosen), `${report.name}-${days}.csv`);
          close();
          return [];
        }}
      >
        <fieldset class="group">
          <legend>Columns, in this order</legend>
          <div class="choices">
            {columns.map(({ name, title, isChosen }) => (
              <CheckField key={name} name="column" value={name} label={title} isChecked={isChosen} />
            ))}
          </div>
        </fieldset>
        <div class="buttons">
          <Button kind="primary" type="submit">
            Download
          </Button>
          <Button onClick={close}>Cancel</Button>
        </div>
      </Form>
    </Dialog>
  );
};

import type { JSX } from 'preact';
import { saveFile } from '../../api/save-file.js';
import { Button } from '../../ui/button.js';
import { formatNumber } from '../../ui/format.js';
import { type Column, Table } from '../../ui/table.js';
import type { LineFault } from './use-import-run.js';

const shownMax = 100;

const columns: readonly Column<LineFault>[] = [
  { title: 'Line', cell: ({ line }) => formatNumber(line) },
  { title: 'Value', cell: ({ value }) => (value === '' ? '–' : <span title={value}>{value}</span>) },
  { title: 'Reason', cell: ({ reason }) => <span class="fact-text">{reason}</span> },
];

/** Lines of the file with what is wrong with them; all of them can be saved. */
export const LineFaults = ({
  title,
  faults,
}: {
  title: string;
  faults: readonly LineFault[];
}): JSX.Element | null =>
  faults.length === 0 ? null : (
    <div class="faults">
      <div class="row">
        <h3 class="row-text">{`${title} (${formatNumber(faults.length)})`}</h3>
        <Button kind="plain" label={`CSV: ${title}`} onClick={() => save(title, faults)}>
          CSV
        </Button>
      </div>
      <Table
        caption={title}
        columns={columns}
        rows={faults.slice(0, shownMax)}
        keyOf={({ line, value, reason }) => `${line} ${value} ${reason}`}
      />
      {faults.length > shownMax ? (
        <p class="note">The first {shownMax} are shown. The CSV file has all of them.</p>
      ) : null}
    </div>
  );

const save = (title: string, faults: readonly LineFault[]): void => {
  const lines = faults.map(({ line, value, reason }) => [String(line), value, reason]);
  const text = [['line', 'value', 'reason'], ...lines]
    .map((cells) => cells.map(csvCell).join(','))
    .join('\r\n');
  saveFile(
    new Blob([`\uFEFF${text}\r\n`], { type: 'text/csv' }),
    `${title.toLowerCase().replaceAll(' ', '-')}.csv`,
  );
};

/** Quoted, and with an apostrophe where a spreadsheet would run it as a formula. */
const csvCell = (text: string): string =>
  `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

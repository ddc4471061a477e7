import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Reading } from '../../api/use-operation.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Panel, type PanelProps, Shown } from '../../ui/panel.js';
import { CsvButton } from './csv-button.js';

export type FiguresPanelProps<Data> = Pick<PanelProps, 'title' | 'width' | 'query'> & {
  reading: Reading<Data>;
  /** What the CSV file is grouped by. */
  groupBy: string;
  /** What is said when there is nothing to show; null if there is something. */
  emptyOf: (data: Data) => string | null;
  chart: (data: Data) => ComponentChildren;
  table: (data: Data) => ComponentChildren;
};

/** Figures as a chart or, by a button, as a table, and as a CSV file. */
export const FiguresPanel = <Data,>({
  reading,
  groupBy,
  emptyOf,
  chart,
  table,
  ...panel
}: FiguresPanelProps<Data>): JSX.Element => {
  const [isTable, setTable] = useState(false);
  return (
    <Panel
      {...panel}
      tools={
        <>
          <Button
            kind="plain"
            label={`Table: ${panel.title}`}
            isPressed={isTable}
            onClick={() => setTable(!isTable)}
          >
            Table
          </Button>
          <CsvButton of={panel.title} groupBy={groupBy} />
        </>
      }
    >
      <Shown reading={reading}>
        {(data) => {
          const empty = emptyOf(data);
          if (empty !== null) return <EmptyState title={empty} />;
          return isTable ? <div class="short-table">{table(data)}</div> : chart(data);
        }}
      </Shown>
    </Panel>
  );
};

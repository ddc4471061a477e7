import type { JSX } from 'preact';
import { Button } from '../../ui/button.js';
import { Fact } from '../../ui/fact.js';
import { formatCount, formatNumber } from '../../ui/format.js';
import { LineFaults } from './line-faults.js';
import type { ImportRun, useImportRun } from './use-import-run.js';

/** How far an import is, and what came of its lines. */
export const ImportProgress = ({
  importer: { resume, forget },
  run,
}: {
  importer: ReturnType<typeof useImportRun>;
  run: ImportRun;
}): JSX.Element => (
  <div class="form">
    {run.state === 'DONE' ? null : (
      <progress class="progress" aria-label="Lines that were sent" max={run.lines} value={run.linesDone} />
    )}
    <p role="status">{summaryOf(run)}</p>
    {run.state === 'FAILED' ? (
      <>
        <p class="wrong" role="alert">
          {run.failure}
        </p>
        <p class="note">
          What was imported stays. Continue sends the same lines again, and nothing is imported twice.
        </p>
      </>
    ) : null}
    <dl class="facts">
      <Fact title="Imported">{formatNumber(run.imported)}</Fact>
      <Fact title="Already known, or repeated">{formatNumber(run.alreadyKnown)}</Fact>
      <Fact title="Not imported">{formatNumber(run.refused.length)}</Fact>
      <Fact title="Identifiers not read">{formatNumber(run.unparsed.length)}</Fact>
    </dl>
    <LineFaults title="Lines that were not imported" faults={run.refused} />
    <LineFaults title="Identifiers that were not read" faults={run.unparsed} />
    {run.state === 'RUNNING' ? null : (
      <div class="buttons">
        {run.state === 'FAILED' ? (
          <Button kind="primary" onClick={resume}>
            Continue
          </Button>
        ) : null}
        <Button onClick={forget}>Back to the columns</Button>
      </div>
    )}
  </div>
);

const summaryOf = ({ state, lines, linesDone }: ImportRun): string => {
  const all = formatCount(lines, 'line');
  if (state === 'DONE') return `Done: ${all} sent.`;
  const done = `${formatNumber(linesDone)} of ${all} sent.`;
  return state === 'FAILED' ? `${done} Then the import stopped.` : done;
};

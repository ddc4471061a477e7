import type { JSX } from 'preact';
import { type JobFactsFragment, ResumeJobDocument } from '../../api/operations.js';
import { useChange } from '../../api/use-operation.js';
import { useSession } from '../../app/session.js';
import { Button } from '../../ui/button.js';
import { Facts } from '../../ui/fact.js';
import { Form, useIsSending } from '../../ui/form.js';
import { formatCredits, formatNumber, payerOf, providerTitle } from '../../ui/format.js';
import { Panel } from '../../ui/panel.js';

/** The price of a list, and the button that starts its job. */
export const JobQuote = ({ job }: { job: JobFactsFragment }): JSX.Element => {
  const { may } = useSession();
  const resume = useChange(ResumeJobDocument);
  return (
    <Panel title="Quote">
      <div role="status" class="job-quote">
        {job.quote == null ? (
          <p>The price of {formatNumber(job.rows)} rows is being found. Nothing is spent.</p>
        ) : (
          <QuoteFacts quote={job.quote} />
        )}
      </div>
      {may('ENRICH') ? (
        <Form
          label="Start the job"
          submit={async () => (await resume.run({ id: job.id })).changed.userErrors}
        >
          <StartButton maxCredits={job.maxCredits} />
        </Form>
      ) : null}
    </Panel>
  );
};

const StartButton = ({ maxCredits }: { maxCredits: unknown }): JSX.Element => {
  const isSending = useIsSending();
  const limit = typeof maxCredits === 'number' ? `at most ${formatCredits(maxCredits)}` : 'without a limit';
  return (
    <div class="buttons">
      <Button kind="primary" type="submit" isDisabled={isSending}>
        {isSending ? 'Starting…' : 'Start'}
      </Button>
      <span class="quiet">It spends {limit}.</span>
    </div>
  );
};

type Quote = NonNullable<JobFactsFragment['quote']>;

const QuoteFacts = ({ quote }: { quote: Quote }): JSX.Element => (
  <>
    <p class="job-price">
      {quote.minCredits === quote.maxCredits
        ? formatCredits(quote.maxCredits)
        : `${formatNumber(quote.minCredits)} to ${formatCredits(quote.maxCredits)}`}{' '}
      if every record is found. Records that are not found cost less.
    </p>
    <Facts
      facts={[
        ['Rows', formatNumber(quote.rows)],
        ['New', formatNumber(quote.new)],
        ['Already unlocked', formatNumber(quote.unlocked)],
        ['Duplicates', formatNumber(quote.duplicates)],
        ['Invalid', formatNumber(quote.invalid)],
        ['With a presumed charge', quote.presumed === 0 ? null : formatNumber(quote.presumed)],
        ...quote.perProvider.map(
          ({ provider, payer, minCredits, maxCredits }) =>
            [
              `${providerTitle(provider)}, ${payerOf({ ...payer, payer: payer.kind })}`,
              minCredits === maxCredits
                ? formatCredits(maxCredits)
                : `${formatNumber(minCredits)} to ${formatCredits(maxCredits)}`,
            ] as const,
        ),
      ]}
    />
    {quote.checks.reasons.map((reason) => (
      <p key={reason} class="notice bad">
        {reason}
      </p>
    ))}
  </>
);

import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import {
  LookUpCompaniesDocument,
  LookUpPeopleDocument,
  QuoteLookupsDocument,
  type QuoteLookupsQuery,
} from '../../api/operations.js';
import { messageOf } from '../../api/request-error.js';
import { useChange } from '../../api/use-operation.js';
import { useSession } from '../../app/session.js';
import { Panel } from '../../ui/panel.js';
import { newId } from '../../ui/new-id.js';
import { EnrichForm } from './enrich-form.js';
import { FoundRecord } from './found-record.js';
import { QuotePanel } from './quote-panel.js';
import type { RecordKind } from './read-keys.js';
import { type Choices, type Found, foundCompanies, foundPeople, type Wanted } from './wanted.js';

type Quoted = {
  wanted: Wanted;
  quote: QuoteLookupsQuery['quote'];
  /** Lets the lookups be sent again safely after a failure. */
  idempotencyKey: string;
};

/** The form of one record, the quote that it gets, and the result of the lookup. */
export const EnrichFlow = ({ kind, choices }: { kind: RecordKind; choices: Choices }): JSX.Element => {
  const { client } = useSession();
  const companies = useChange(LookUpCompaniesDocument);
  const people = useChange(LookUpPeopleDocument);
  const [quoted, setQuoted] = useState<Quoted | null>(null);
  const [found, setFound] = useState<readonly Found[] | null>(null);
  const [failure, setFailure] = useState('');
  // An answer to an earlier form must not replace the present one.
  const run = useRef(0);

  const getQuote = async (wanted: Wanted): Promise<void> => {
    run.current += 1;
    const mine = run.current;
    const { quote } = await client.send(QuoteLookupsDocument, {
      companies: wanted.companies,
      people: wanted.people,
      options: wanted.options,
    });
    if (mine !== run.current) return;
    setFound(null);
    setFailure('');
    setQuoted({ wanted, quote, idempotencyKey: newId() });
  };

  const lookUp = async ({ wanted, quote, idempotencyKey }: Quoted): Promise<void> => {
    setFailure('');
    // What is spent never exceeds what was shown.
    const options = { ...wanted.options, maxCredits: quote.maxCredits };
    try {
      const results =
        wanted.companies === null
          ? foundPeople(wanted.texts, await people.run({ by: wanted.people ?? [], options }, idempotencyKey))
          : foundCompanies(
              wanted.texts,
              await companies.run({ by: wanted.companies, options }, idempotencyKey),
            );
      setFound(results);
      setQuoted(null);
    } catch (error) {
      setFailure(`${messageOf(error)} Send it again: nothing is paid twice.`);
    }
  };

  const isRunning = companies.isRunning || people.isRunning;
  return (
    <>
      <Panel title={kind === 'COMPANY' ? 'Company' : 'Person'}>
        <EnrichForm kind={kind} choices={choices} changed={() => setQuoted(null)} submit={getQuote} />
      </Panel>
      {quoted === null ? null : (
        <QuotePanel
          quote={quoted.quote}
          texts={quoted.wanted.texts}
          isRunning={isRunning}
          failure={failure}
          lookUp={() => void lookUp(quoted)}
        />
      )}
      {(found ?? []).map((one) => (
        <FoundRecord key={one.receipt.id} found={one} kind={kind} choices={choices} />
      ))}
    </>
  );
};

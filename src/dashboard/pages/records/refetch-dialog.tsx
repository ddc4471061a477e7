import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import {
  RefetchCompanyDocument,
  RefetchPersonDocument,
  RefetchQuoteDocument,
  type RefetchQuoteQuery,
} from '../../api/operations.js';
import { useChange, useReading } from '../../api/use-operation.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { SelectField } from '../../ui/field.js';
import { Form, useIsSending } from '../../ui/form.js';
import { formatCredits } from '../../ui/format.js';
import { useNotices } from '../../ui/notice.js';
import { Shown } from '../../ui/panel.js';
import { titleOf, type Unlock } from './unlock.js';

/** Fetches the record again from its provider, after it has said what that costs. */
export const RefetchDialog = ({ unlock, close }: { unlock: Unlock; close: () => void }): JSX.Element => {
  const usable = unlock.connections.filter(({ isDisabled }) => !isDisabled);
  const [connection, setConnection] = useState(usable[0]?.id ?? '');
  const by = keyOf(unlock);
  return (
    <Dialog title={`Fetch ${titleOf(unlock)} again`} close={close}>
      {usable.length === 0 || by === null ? (
        <p class="refused" role="alert">
          {by === null
            ? 'Its provider does not return a company by its id, and no other identifier is known.'
            : 'No enabled connection of the account that unlocked the record is left.'}
        </p>
      ) : (
        <>
          {usable.length === 1 ? (
            <p>Paid by {usable[0]?.name}, a connection of the account that unlocked it.</p>
          ) : (
            <SelectField
              name="connection"
              label="Paid by"
              value={connection}
              options={usable.map(({ id, name }) => ({ value: id, title: name }))}
              onChange={setConnection}
            />
          )}
          <Priced unlock={unlock} by={by} connection={connection} close={close} />
        </>
      )}
    </Dialog>
  );
};

type Key = { id: string } | { domain: string };

/** Apollo returns no company by its id, so it is looked up as it was found. */
const keyOf = ({ provider, operation, recordId, identifiers }: Unlock): Key | null => {
  if (provider !== 'APOLLO' || operation !== 'COMPANY') return { id: recordId };
  const known = identifiers.filter(({ kind }) => kind === 'domain');
  const best = known.find(({ source }) => source === 'RESOLVED') ?? known[0];
  return best === undefined ? null : { domain: best.value };
};

type PricedProps = { unlock: Unlock; by: Key; connection: string; close: () => void };

const Priced = ({ unlock, by, connection, close }: PricedProps): JSX.Element => {
  const options = { connection, maxAge: '0s' };
  const isPerson = unlock.operation === 'PERSON';
  const reading = useReading(
    RefetchQuoteDocument,
    { companies: isPerson ? null : [by], people: isPerson ? [{ id: unlock.recordId }] : null, options },
    { once: true },
  );
  const company = useChange(RefetchCompanyDocument);
  const person = useChange(RefetchPersonDocument);
  const { announce } = useNotices();
  return (
    <Shown reading={reading}>
      {({ quote }) => (
        <Form
          label="Fetch again"
          submit={async () => {
            const wanted = {
              ...options,
              country: unlock.snapshots[0]?.country ?? null,
              maxCredits: quote.maxCredits,
            };
            const { result } = isPerson
              ? await person.run({ by: { id: unlock.recordId }, options: wanted })
              : await company.run({ by, options: wanted });
            if (result.outcome !== 'FOUND')
              return [
                {
                  message:
                    result.problem?.message ?? 'The provider no longer has this record. Nothing was charged.',
                },
              ];
            announce(`Fetched again: ${formatCredits(result.receipt.creditsCharged)} charged.`);
            close();
            return [];
          }}
        >
          <Price quote={quote} />
          <div class="buttons">
            <FetchButton quote={quote} />
            <Button onClick={close}>Cancel</Button>
          </div>
        </Form>
      )}
    </Shown>
  );
};

type Quoted = { quote: RefetchQuoteQuery['quote'] };

const Price = ({ quote: { minCredits, maxCredits, checks, items } }: Quoted): JSX.Element => (
  <>
    <p>
      {maxCredits === 0
        ? 'This is free: the record is unlocked.'
        : `This costs ${minCredits === maxCredits ? '' : 'up to '}${formatCredits(maxCredits)}: the provider charges for every fetch.`}
    </p>
    {[...checks.reasons, ...items.flatMap(({ problem }) => problem?.message ?? [])].map((reason) => (
      <p key={reason} class="wrong" role="alert">
        {reason}
      </p>
    ))}
  </>
);

const FetchButton = ({ quote: { maxCredits } }: Quoted): JSX.Element => {
  const isSending = useIsSending();
  const action =
    maxCredits === 0 ? 'Fetch again at no cost' : `Fetch again for up to ${formatCredits(maxCredits)}`;
  return (
    <Button kind="primary" type="submit" isDisabled={isSending}>
      {isSending ? 'Fetching…' : action}
    </Button>
  );
};

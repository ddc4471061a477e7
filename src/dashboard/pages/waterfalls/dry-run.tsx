import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import {
  type CompanyKey,
  type PersonKey,
  WaterfallQuoteDocument,
  type WaterfallQuoteQuery,
} from '../../api/operations.js';
import { useSession } from '../../app/session.js';
import { Button } from '../../ui/button.js';
import { SelectField, TextAreaField } from '../../ui/field.js';
import { Form, type FormError, type FormValues } from '../../ui/form.js';
import { Panel } from '../../ui/panel.js';
import { DryRunResult } from './dry-run-result.js';
import { inputOf, type Step, type StepChoices } from './steps.js';

const linesMax = 20;

export type Quote = WaterfallQuoteQuery['quote'];
type Result = { quote: Quote; lines: readonly string[]; steps: readonly Step[] };

/** What a lookup of a few records would cost with the steps as they are edited. It calls no provider. */
export const DryRun = ({ steps, choices }: { steps: readonly Step[]; choices: StepChoices }): JSX.Element => {
  const { client } = useSession();
  const [result, setResult] = useState<Result | null>(null);
  const submit = async (values: FormValues): Promise<readonly FormError[]> => {
    const lines = linesOf(values.text('identifiers'));
    if (lines.length > linesMax)
      return [{ field: ['identifiers'], message: `Enter at most ${linesMax} lines.` }];
    const identifier = identifiers.find(({ value }) => value === values.text('kind')) ?? identifiers[0];
    const { quote } = await client.send(WaterfallQuoteDocument, {
      ...identifier.keysOf(lines),
      options: { waterfall: inputOf(steps, choices) },
    });
    setResult({ quote, lines, steps });
    return [];
  };
  return (
    <Panel title="Dry run">
      <Form label="Dry run" submit={submit}>
        <p class="note">
          What these records would cost with the steps above, saved or not. No provider is called, and nothing
          is spent.
        </p>
        <div class="fields dry-run">
          <SelectField name="kind" label="Identifier" options={identifiers} />
          <TextAreaField
            name="identifiers"
            label={`Records, one a line, up to ${linesMax}`}
            rows={3}
            placeholder="harbourline.example"
            required="Enter an identifier"
          />
        </div>
        <Button type="submit">Run</Button>
      </Form>
      {result === null ? null : (
        <DryRunResult quote={result.quote} lines={result.lines} isOutdated={result.steps !== steps} />
      )}
    </Panel>
  );
};

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

type Keys = { companies: CompanyKey[] } | { people: PersonKey[] };
type Identifier = { value: string; title: string; keysOf: (lines: readonly string[]) => Keys };

const company = (title: string, keyOf: (text: string) => CompanyKey): Identifier => ({
  value: `company ${title}`,
  title: `Company: ${title}`,
  keysOf: (lines) => ({ companies: lines.map(keyOf) }),
});

const person = (title: string, keyOf: (text: string) => PersonKey): Identifier => ({
  value: `person ${title}`,
  title: `Person: ${title}`,
  keysOf: (lines) => ({ people: lines.map(keyOf) }),
});

const identifiers: readonly [Identifier, ...Identifier[]] = [
  company('domain', (domain) => ({ domain })),
  company('LinkedIn page', (linkedin) => ({ linkedin })),
  company('ABN', (abn) => ({ abn })),
  company('id', (id) => ({ id })),
  person('LinkedIn page', (linkedin) => ({ linkedin })),
  person('work e-mail', (workEmail) => ({ workEmail })),
  person('personal e-mail', (personalEmail) => ({ personalEmail })),
  person('id', (id) => ({ id })),
];

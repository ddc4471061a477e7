import type { JSX } from 'preact';
import { Link } from '../../ui/link.js';
import type { RecordKind } from './read-keys.js';
import type { Choices, Found } from './wanted.js';

/** After a miss in the sandbox: what it has, with records to try. */
export const SandboxHint = ({
  kind,
  found: { receipt },
  choices,
}: {
  kind: RecordKind;
  found: Found;
  choices: Choices;
}): JSX.Element => {
  const examples = choices.providers.find(({ name }) => name === receipt.provider)?.sandboxExamples;
  const firmable = choices.providers.find(({ name }) => name === 'FIRMABLE')?.sandboxExamples;
  const { domains = [], workEmails = [] } = examples ?? firmable ?? {};
  const shown = kind === 'COMPANY' ? domains : workEmails;
  return (
    <p>
      The key is a key of the sandbox, which has invented records only. Try{' '}
      {shown.map((example, at) => (
        <span key={example}>
          {at === 0 ? '' : at === shown.length - 1 ? ' or ' : ', '}
          <Link to="/enrich" parameters={{ kind: kind === 'PERSON' ? 'people' : null, by: example }}>
            {example}
          </Link>
        </span>
      ))}
      .
    </p>
  );
};

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useParameter } from '../../app/use-view.js';
import { Button } from '../../ui/button.js';
import { auditNouns } from './audit-actions.js';
import { type FilterParameter } from './audit-filter.js';

/** The controls that filter the log. What is chosen goes into the address. */
export const AuditFilters = ({ clear }: { clear: (() => void) | null }): JSX.Element => (
  <div class="controls" role="group" aria-label="Filter">
    <ActionFilter />
    <ByFilter />
    <TextFilter name="actor" label="Actor" placeholder="Name of a token" />
    <TextFilter name="subject" label="Subject" placeholder="con_…" />
    <Chip name="token" label="Token" />
    <Chip name="request" label="Request" />
    {clear === null ? null : (
      <Button kind="plain" onClick={clear}>
        Clear filter
      </Button>
    )}
  </div>
);

const ActionFilter = (): JSX.Element => {
  const id = useId();
  const [action, choose] = useParameter('action');
  return (
    <span class="filter">
      <label for={id}>Action</label>
      <select id={id} value={action ?? ''} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="">All</option>
        {Object.entries(auditNouns).map(([noun, { title, verbs }]) => (
          <optgroup key={noun} label={title}>
            <option value={noun}>{`${title}: all`}</option>
            {verbs.map((verb) => (
              <option key={verb} value={`${noun}.${verb}`}>{`${noun}.${verb}`}</option>
            ))}
          </optgroup>
        ))}
      </select>
    </span>
  );
};

const ByFilter = (): JSX.Element => {
  const id = useId();
  const [by, choose] = useParameter('by');
  return (
    <span class="filter">
      <label for={id}>By</label>
      <select id={id} value={by ?? ''} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="">Everybody</option>
        <option value="tokens">Tokens</option>
        <option value="operator">Operator</option>
      </select>
    </span>
  );
};

/** A text that is applied when the field is left or Enter is pressed. */
const TextFilter = ({
  name,
  label,
  placeholder,
}: {
  name: FilterParameter;
  label: string;
  placeholder: string;
}): JSX.Element => {
  const id = useId();
  const [value, choose] = useParameter(name);
  return (
    <span class="filter">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="search"
        key={value ?? ''}
        defaultValue={value ?? ''}
        placeholder={placeholder}
        spellcheck={false}
        onChange={({ currentTarget }) => choose(currentTarget.value.trim())}
      />
    </span>
  );
};

/** A filter that a link has set; it can be taken away. */
const Chip = ({ name, label }: { name: FilterParameter; label: string }): JSX.Element | null => {
  const [value, choose] = useParameter(name);
  return value === null ? null : (
    <Button label={`${label} ${value}: remove`} onClick={() => choose(null)}>
      {`${label} ${value} ×`}
    </Button>
  );
};

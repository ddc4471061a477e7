import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import {
  BudgetConnectionsDocument,
  BudgetTokensDocument,
  type BudgetScope,
  type BudgetWorkflowsQuery,
  BudgetWorkflowsDocument,
} from '../../api/operations.js';
import { useEveryPage } from '../../api/use-every-page.js';
import { useReading } from '../../api/use-operation.js';
import { type Option, SelectField, TextField } from '../../ui/field.js';
import { providerTitle } from '../../ui/format.js';

type SubjectProps = { onChange: (subject: string) => void };

/** What a budget of the scope limits, chosen from what the workspace has; nothing for scopes without a subject. */
export const SubjectField = ({
  scope,
  onChange,
}: SubjectProps & { scope: BudgetScope }): JSX.Element | null => {
  switch (scope) {
    case 'CONNECTION':
      return <ConnectionField onChange={onChange} />;
    case 'TOKEN':
      return <TokenField onChange={onChange} />;
    case 'WORKFLOW':
      return <WorkflowField onChange={onChange} />;
    case 'WORKSPACE':
    case 'MANAGED':
      return null;
  }
};

const ConnectionField = ({ onChange }: SubjectProps): JSX.Element => {
  const connections = useEveryPage(BudgetConnectionsDocument, (data) => data.connections);
  return (
    <SelectField
      name="subject"
      label="Connection"
      required="Choose a connection"
      options={optionsOf(
        'Choose a connection',
        connections?.map(({ id, name, provider, sandbox }) => ({
          value: id,
          title: `${name} (${providerTitle(provider)}${sandbox ? ', Sandbox' : ''})`,
        })),
      )}
      onChange={onChange}
      {...(connections?.length === 0 ? { help: 'No connection is stored yet.' } : {})}
    />
  );
};

const TokenField = ({ onChange }: SubjectProps): JSX.Element => {
  const tokens = useEveryPage(BudgetTokensDocument, (data) => data.tokens);
  const now = new Date().toISOString();
  return (
    <SelectField
      name="subject"
      label="Token"
      required="Choose a token"
      options={optionsOf(
        'Choose a token',
        tokens
          ?.filter(
            ({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt === null || expiresAt > now),
          )
          .map(({ id, name }) => ({ value: id, title: name })),
      )}
      onChange={onChange}
    />
  );
};

const optionsOf = (choose: string, options: readonly Option[] | undefined): Option[] => [
  { value: '', title: options === undefined ? 'Loading…' : choose },
  ...(options ?? []),
];

const suggestedDays = 365;

const WorkflowField = ({ onChange }: SubjectProps): JSX.Element => {
  const [period] = useState(() => {
    const to = Date.now() + 86_400_000;
    return { from: new Date(to - suggestedDays * 86_400_000).toISOString(), to: new Date(to).toISOString() };
  });
  const { data } = useReading(BudgetWorkflowsDocument, period, { once: true });
  const tokens = useEveryPage(BudgetTokensDocument, (page) => page.tokens);
  const named = tokens?.flatMap(({ workflow }) => (workflow === null ? [] : [workflow])) ?? [];
  return (
    <TextField
      name="subject"
      label="Workflow"
      required="Enter a workflow"
      help="The name that lookups send. Names of the last 12 months and of tokens are suggested; its first lookup may come later."
      suggestions={suggestionsOf(data?.usage.rows ?? [], named)}
      onInput={(text) => onChange(text.trim())}
    />
  );
};

type WorkflowRow = BudgetWorkflowsQuery['usage']['rows'][number];
type Suggestion = { value: string; note: string };

/** The workflows by name; those that only looked up in the sandbox are marked. */
const suggestionsOf = (rows: readonly WorkflowRow[], named: readonly string[]): Suggestion[] => {
  const isReal = new Set(rows.filter(({ sandbox }) => sandbox !== true).map(({ workflow }) => workflow));
  const used = rows.flatMap(({ workflow }) => (workflow === null ? [] : [workflow]));
  const names = [...new Set([...used, ...named])].toSorted((a, b) => a.localeCompare(b));
  return names.map((value) => ({
    value,
    note: isReal.has(value) ? 'In use' : used.includes(value) ? 'Sandbox only' : 'Of a token, not used yet',
  }));
};

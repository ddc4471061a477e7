import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Operation, TokenLimitsInput, TokenScopesInput } from '../../api/operations.js';
import { addDays, civilAt, readCivil, startOfDay, writeCivil } from '../../time/zone-time.js';
import { CheckField, NumberField, SelectField, TextField } from '../../ui/field.js';
import { FieldGroup } from '../../ui/field-group.js';
import type { FormError, FormValues } from '../../ui/form.js';
import { operationTitles, type Token } from './describe-token.js';

export type Choice = { id: string; name: string };

type FieldsProps = { token: Token | null; connections: readonly Choice[]; timeZone: string };

/** Name, workflow and expiry, which every token has. */
export const CommonFields = ({ token, timeZone }: Omit<FieldsProps, 'connections'>): JSX.Element => (
  <>
    <TextField
      name="name"
      label="Name"
      value={token?.name ?? ''}
      maxLength={200}
      placeholder="Clay"
      required="Enter a name"
    />
    <div class="fields">
      <TextField
        name="workflow"
        label="Workflow"
        value={token?.workflow ?? ''}
        help="Of lookups that name none."
      />
      <TextField
        name="expiresAt"
        label="Expires on"
        type="date"
        value={lastDayOf(token?.expiresAt ?? null, timeZone)}
        help={`At the end of this day (${timeZone}). Empty: never.`}
      />
    </div>
  </>
);

/** Scopes and limits, which tokens of all roles but ADMIN may have. */
export const RestrictionFields = ({ token, connections }: Omit<FieldsProps, 'timeZone'>): JSX.Element => {
  const scopes = token?.scopes ?? null;
  const limits = token?.limits ?? null;
  const [isConfined, setConfined] = useState(scopes !== null && scopes.connections !== null);
  const listed = [
    ...connections,
    ...(scopes?.connections ?? [])
      .filter((id) => !connections.some((one) => one.id === id))
      .map((id) => ({ id, name: `Deleted connection (${id})` })),
  ];
  return (
    <>
      <FieldGroup name="operations" title="Operations">
        {Object.entries(operationTitles).map(([operation, title]) => (
          <CheckField
            key={operation}
            name="operations"
            value={operation}
            label={title}
            isChecked={scopes?.operations?.some((one) => one === operation) ?? true}
          />
        ))}
      </FieldGroup>
      <SelectField
        name="payer"
        label="Paid by"
        value={isConfined ? 'SOME' : 'ANY'}
        options={[
          { value: 'ANY', title: 'Any connection, and the managed account' },
          { value: 'SOME', title: 'These connections only' },
        ]}
        onChange={(value) => setConfined(value === 'SOME')}
      />
      {isConfined ? (
        <FieldGroup name="connections" title="Connections">
          {listed.map(({ id, name }) => (
            <CheckField
              key={id}
              name="connections"
              value={id}
              label={name}
              isChecked={scopes?.connections?.includes(id) ?? false}
            />
          ))}
          {listed.length === 0 ? <p class="note">No key is stored yet.</p> : null}
        </FieldGroup>
      ) : null}
      <TextField
        name="workflows"
        label="Workflows"
        value={scopes?.workflows?.join(', ') ?? ''}
        help="Separated by commas. Empty: every workflow."
      />
      <CheckField
        name="spend"
        label="May spend credits"
        help="Otherwise it returns only what costs nothing: unlocked records."
        isChecked={scopes?.spend ?? true}
      />
      <div class="fields three">
        <NumberField
          name="requestsPerSecond"
          label="Requests a second"
          min={1}
          value={limits?.requestsPerSecond ?? null}
        />
        <NumberField
          name="lookupsPerDay"
          label="Lookups a day"
          min={1}
          value={limits?.lookupsPerDay ?? null}
        />
        <NumberField
          name="creditsPerDay"
          label="Credits a day"
          min={1}
          value={limits?.creditsPerDay ?? null}
        />
      </div>
      <p class="note">Empty: no limit. Days are UTC.</p>
    </>
  );
};

/** The day at whose end a token expires, as a date field shows it; '' for never. */
const lastDayOf = (expiresAt: string | null, timeZone: string): string =>
  expiresAt === null ? '' : writeCivil(civilAt(new Date(Date.parse(expiresAt) - 1), timeZone));

/**
 * What was entered as the expiry: null for never, undefined where the date was not changed, so that the instant stays as
 * exact as it is.
 */
export const readExpiry = (
  form: FormValues,
  token: Token | null,
  timeZone: string,
): string | null | undefined => {
  const text = form.text('expiresAt');
  if (token !== null && text === lastDayOf(token.expiresAt, timeZone)) return undefined;
  const day = readCivil(text);
  return day === null ? null : startOfDay(addDays(day, 1), timeZone).toISOString();
};

const limitNames = ['requestsPerSecond', 'lookupsPerDay', 'creditsPerDay'] as const;
const limitMax = 2 ** 31 - 1;

export type Restrictions = { scopes: TokenScopesInput; limits: TokenLimitsInput; errors: FormError[] };

/** The scopes and limits as entered, and what is wrong with them. All operations together are no scope. */
export const readRestrictions = (form: FormValues): Restrictions => {
  const errors: FormError[] = [];
  const chosen = form.all('operations');
  const operations = operationNames.filter((name) => chosen.includes(name));
  if (operations.length === 0)
    errors.push({ field: ['operations'], message: 'Choose at least one operation.' });
  const connections = form.text('payer') === 'SOME' ? form.all('connections') : null;
  if (connections?.length === 0)
    errors.push({ field: ['payer', 'connections'], message: 'Choose at least one connection.' });
  const workflows = form
    .text('workflows')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  const limits: TokenLimitsInput = {};
  for (const name of limitNames) {
    const text = form.text(name);
    if (text !== '' && !(/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= limitMax))
      errors.push({ field: [name], message: 'Enter a whole number of at least 1.' });
    limits[name] = text === '' ? null : Number(text);
  }
  return {
    scopes: {
      operations: operations.length === operationNames.length ? null : operations,
      connections,
      workflows: workflows.length === 0 ? null : workflows,
      spend: form.isChecked('spend'),
    },
    limits,
    errors,
  };
};

const operationNames: readonly Operation[] = ['COMPANY', 'PERSON', 'PEOPLE_SEARCH'];

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Department, JobSearchInput, Operation, Seniority } from '../../api/operations.js';
import { NumberField, type Option, SelectField, TextField } from '../../ui/field.js';
import type { FormValues } from '../../ui/form.js';
import { formatWord } from '../../ui/format.js';
import { OptionFields } from './option-fields.js';
import type { Choices } from './wanted.js';

/** The options of all lookups of a list and the most credits that it may cost; of a people search, whom it looks for. */
export const ListFields = ({
  operation,
  choices,
}: {
  operation: Operation;
  choices: Choices;
}): JSX.Element => {
  const isSearch = operation === 'PEOPLE_SEARCH';
  return (
    <>
      {isSearch ? <SearchFields /> : null}
      <OptionFields choices={choices} operation={operation}>
        {isSearch ? (
          <NumberField
            name="maxCredits"
            label="Most credits"
            help="Only for companies that are not unlocked, unless their ID is given. Empty: nothing is spent."
          />
        ) : (
          <CreditFields />
        )}
      </OptionFields>
    </>
  );
};

/** The most credits that a list may cost. No limit has to be chosen; it is never assumed. */
export const CreditFields = ({ value }: { value?: number }): JSX.Element => {
  const [isUnlimited, setUnlimited] = useState(false);
  return (
    <div class="credit-fields">
      <NumberField
        name="maxCredits"
        label="Most credits"
        help="The job pauses before it would spend more."
        value={value ?? null}
        isDisabled={isUnlimited}
      />
      <label class="check">
        <input
          type="checkbox"
          name="unlimited"
          checked={isUnlimited}
          onChange={({ currentTarget }) => setUnlimited(currentTarget.checked)}
        />
        No limit
      </label>
    </div>
  );
};

/** What CreditFields have; null if nothing valid was entered. */
export const readCredits = (values: FormValues): number | 'UNLIMITED' | null => {
  if (values.isChecked('unlimited')) return 'UNLIMITED';
  const credits = values.text('maxCredits');
  return /^\d+$/.test(credits) ? Number(credits) : null;
};

const seniorities: Readonly<Record<Seniority, string>> = {
  BOARD_MEMBER: 'Board member',
  OWNER: 'Owner or founder',
  C_SUITE: 'C-suite or partner',
  DIRECTOR: 'Vice president, director or head',
  MANAGER: 'Manager',
  OTHER: 'Other',
  NO_DATA: 'Not known',
};

const departments = [
  'CONSULTING',
  'CUSTOMER_SERVICE',
  'EDUCATION_AND_TRAINING',
  'ENGINEERING_AND_TECHNICAL',
  'FINANCE',
  'GENERAL_MANAGEMENT',
  'HUMAN_RESOURCES',
  'LEGAL',
  'MARKETING',
  'MEDICINE_AND_HEALTHCARE',
  'OPERATIONS',
  'PRODUCT',
  'RESEARCH_AND_ANALYSIS',
  'SALES',
  'TRADES',
  'OTHER',
  'NO_DATA',
] as const satisfies readonly Department[];

const any: Option = { value: '', title: 'Any' };

const SearchFields = (): JSX.Element => (
  <div class="fields">
    <TextField name="position" label="Position" placeholder="sales director" help="Words of the position." />
    <SelectField
      name="seniority"
      label="Seniority"
      options={[any, ...Object.entries(seniorities).map(([value, title]) => ({ value, title }))]}
    />
    <SelectField
      name="department"
      label="Department"
      options={[
        any,
        ...departments.map((value) => ({
          value,
          title: value === 'NO_DATA' ? 'Not known' : formatWord(value),
        })),
      ]}
    />
    <NumberField
      name="size"
      label="Most people of each company"
      min={1}
      max={100}
      value={10}
      help="1 to 100."
    />
  </div>
);

/** Whom a people search looks for, as SearchFields have it. */
export const readSearch = (values: FormValues): JobSearchInput => {
  const size = values.text('size');
  return {
    position: values.text('position') || null,
    seniority: seniorityIn(values.text('seniority')),
    department: departments.find((one) => one === values.text('department')) ?? null,
    // What is no number is refused by the gateway, which says what is allowed.
    size: size === '' ? null : /^\d{1,9}$/.test(size) ? Number(size) : 0,
  };
};

const isSeniority = (text: string): text is Seniority => text in seniorities;
const seniorityIn = (text: string): Seniority | null => (isSeniority(text) ? text : null);

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import {
  DeleteWaterfallDocument,
  SaveWaterfallDocument,
  type WaterfallDefault,
  type WaterfallFieldsFragment,
  WaterfallsDocument,
} from '../../api/operations.js';
import { useChange, useReadNow } from '../../api/use-operation.js';
import { useSession } from '../../app/session.js';
import { useParameter } from '../../app/use-view.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { EmptyState } from '../../ui/empty-state.js';
import { SelectField, TextField } from '../../ui/field.js';
import { Form, type FormError, type FormValues } from '../../ui/form.js';
import { useNotices } from '../../ui/notice.js';
import { Panel } from '../../ui/panel.js';
import { DryRun } from './dry-run.js';
import { StepList } from './step-list.js';
import { areSame, inputOf, type Step, type StepChoices, stepsOf, withNewStep } from './steps.js';

type EditorProps = {
  /** Null for a new one. */
  id: string | null;
  /** The waterfall as it is stored now; null if it is not. */
  present: WaterfallFieldsFragment | null;
  choices: StepChoices;
};

/** One waterfall with its steps, and a dry run of them as they are edited. What is typed stays until the page is left. */
export const WaterfallEditor = ({ id, present, choices }: EditorProps): JSX.Element => {
  const { may } = useSession();
  // As it was opened, or saved last: later changes of others do not touch what is edited.
  const [opened, setOpened] = useState(present);
  const [steps, setSteps] = useState<readonly Step[]>(() =>
    opened === null ? withNewStep([], choices) : stepsOf(opened),
  );
  if (id !== null && opened === null) {
    return (
      <Panel title="Not found">
        <EmptyState title="The workspace has no such waterfall." />
      </Panel>
    );
  }
  const mayChange = may('MANAGE_WATERFALLS');
  return (
    <>
      <Panel title={mayChange ? 'Edit' : 'Steps'}>
        {mayChange ? (
          <EditForm
            opened={opened}
            present={present}
            steps={steps}
            choices={choices}
            change={setSteps}
            saved={setOpened}
          />
        ) : (
          <StepList steps={steps} choices={choices} />
        )}
      </Panel>
      {may('ENRICH') ? <DryRun steps={steps} choices={choices} /> : null}
    </>
  );
};

type EditFormProps = {
  opened: WaterfallFieldsFragment | null;
  present: WaterfallFieldsFragment | null;
  steps: readonly Step[];
  choices: StepChoices;
  change: (update: (steps: readonly Step[]) => readonly Step[]) => void;
  saved: (waterfall: WaterfallFieldsFragment) => void;
};

const EditForm = ({ opened, present, steps, choices, change, saved }: EditFormProps): JSX.Element => {
  const { announce } = useNotices();
  const { run } = useChange(SaveWaterfallDocument);
  const readNow = useReadNow(WaterfallsDocument);
  const [, open] = useParameter('waterfall');
  const [isDeleting, setDeleting] = useState(false);

  const submit = async (values: FormValues): Promise<readonly FormError[]> => {
    if (opened !== null) {
      const { waterfalls } = await readNow({});
      const stored = waterfalls.nodes.find(({ id }) => id === opened.id);
      // The page has not yet said that it was changed. Now it does, and the next Save replaces the change.
      if (stored !== undefined && [opened, present].every((shown) => isNewer(stored, shown))) return [];
    }
    const { saveWaterfall } = await run({
      input: {
        ...(opened === null ? {} : { id: opened.id }),
        name: values.text('name'),
        defaultFor: readDefault(values.text('defaultFor')),
        steps: inputOf(steps, choices),
      },
    });
    const { waterfall, userErrors } = saveWaterfall;
    if (waterfall === null) return userErrors.map((error) => placeError(error, steps));
    saved(waterfall);
    if (opened === null) open(waterfall.id);
    announce(`${waterfall.name} was saved. It applies from the next lookup.`);
    return [];
  };

  return (
    <>
      <Form label="Waterfall" submit={submit}>
        <div class="fields">
          <TextField
            name="name"
            label="Name"
            value={opened?.name ?? ''}
            required="Enter a name"
            maxLength={100}
            help="Lookups choose it by waterfallName."
          />
          <SelectField
            name="defaultFor"
            label="Default"
            value={opened?.defaultFor ?? ''}
            options={defaults}
            help="A default applies to lookups that name no connection and no waterfall."
          />
        </div>
        <StepList steps={steps} choices={choices} change={change} />
        <EditState opened={opened} present={present} steps={steps} />
        <div class="buttons">
          <Button kind="primary" type="submit">
            Save
          </Button>
          {opened === null ? null : (
            <Button kind="danger" onClick={() => setDeleting(true)}>
              Delete
            </Button>
          )}
        </div>
      </Form>
      {isDeleting && opened !== null ? (
        <DeleteDialog waterfall={opened} close={() => setDeleting(false)} />
      ) : null}
    </>
  );
};

const defaults: readonly { value: WaterfallDefault | ''; title: string }[] = [
  { value: '', title: 'For nothing' },
  { value: 'COMPANIES', title: 'For companies' },
  { value: 'PEOPLE', title: 'For people' },
];

const readDefault = (text: string): WaterfallDefault | null =>
  text === 'COMPANIES' || text === 'PEOPLE' ? text : null;

/** An error of a step belongs to the control of that step. */
const placeError = (error: FormError, steps: readonly Step[]): FormError => {
  const [first, at] = error.field ?? [];
  const step = first === 'steps' ? steps[Number(at)] : undefined;
  return step === undefined ? error : { ...error, field: [`step-${step.key}`] };
};

const isNewer = (one: WaterfallFieldsFragment, other: WaterfallFieldsFragment | null): boolean =>
  other === null || Date.parse(one.updatedAt) > Date.parse(other.updatedAt);

/** Whether the steps are saved, and whether somebody else changed or deleted the waterfall meanwhile. */
const EditState = ({
  opened,
  present,
  steps,
}: Pick<EditFormProps, 'opened' | 'present' | 'steps'>): JSX.Element | null => {
  if (opened === null) return null;
  if (present === null)
    return (
      <p class="wrong" role="alert">
        It was deleted meanwhile. What you see here is not stored any more.
      </p>
    );
  if (isNewer(present, opened))
    return (
      <p key={present.updatedAt} class="wrong" role="alert">
        It was changed meanwhile. Saving replaces that change.
      </p>
    );
  return areSame(stepsOf(opened), steps) ? null : <p class="note">The steps are not saved yet.</p>;
};

const DeleteDialog = ({
  waterfall: { id, name, defaultFor },
  close,
}: {
  waterfall: WaterfallFieldsFragment;
  close: () => void;
}): JSX.Element => {
  const { announce } = useNotices();
  const { run } = useChange(DeleteWaterfallDocument);
  const [, open] = useParameter('waterfall');
  return (
    <ConfirmDialog
      title={`Delete ${name}`}
      action="Delete waterfall"
      close={close}
      confirm={async () => {
        const { deleteWaterfall } = await run({ id });
        if (deleteWaterfall.userErrors.length === 0) {
          announce(`${name} was deleted.`);
          open(null);
        }
        return deleteWaterfall.userErrors;
      }}
    >
      <p>Lookups that name it are refused from then on.</p>
      {defaultFor === null ? null : (
        <p>Lookups of {defaultFor.toLowerCase()} without a waterfall and connection call Firmable then.</p>
      )}
    </ConfirmDialog>
  );
};

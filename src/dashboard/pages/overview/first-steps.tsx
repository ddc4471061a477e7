import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import {
  FirstStepsDocument,
  type FirstStepsQuery,
  OverviewBudgetsDocument,
  type OverviewBudgetsQuery,
  type Permission,
} from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { rolesWith, useSession } from '../../app/session.js';
import { Button } from '../../ui/button.js';
import { Link } from '../../ui/link.js';
import { Panel } from '../../ui/panel.js';

type Step = { path: string; title: string; why: string; permission: Permission; isDone: boolean };

/** The first minute of a workspace: three steps, each ticked when it is done. It is gone after the last one, or by choice. */
export const FirstSteps = (): JSX.Element | null => {
  const { viewer, hasOwnKeys } = useSession();
  const dismissed = `firmable-gateway first steps of ${viewer.workspace.id}`;
  const [isDismissed, setDismissed] = useState(() => localStorage.getItem(dismissed) !== null);
  const { data: found } = useReading(FirstStepsDocument, {}, { enabled: !isDismissed });
  const { data: set } = useReading(OverviewBudgetsDocument, {});
  const steps = found === undefined || set === undefined ? null : stepsOf({ ...found, ...set }, hasOwnKeys);
  const areDone = steps?.every(({ isDone }) => isDone) === true;
  const dismiss = (): void => {
    localStorage.setItem(dismissed, 'dismissed');
    setDismissed(true);
  };
  // Steps that are done stay done: they are not read again every ten seconds.
  useEffect(() => {
    if (areDone) dismiss();
  }, [areDone]);
  if (isDismissed || areDone || steps === null) return null;
  return (
    <div class="first-steps">
      <Panel
        title="First steps"
        tools={
          <Button kind="plain" label="Dismiss the first steps" onClick={dismiss}>
            Dismiss
          </Button>
        }
      >
        <ol class="first-steps-list">
          {steps.map((step, at) => (
            <StepItem key={step.path} step={step} number={at + 1} />
          ))}
        </ol>
      </Panel>
    </div>
  );
};

const StepItem = ({ step, number }: { step: Step; number: number }): JSX.Element => {
  const { may } = useSession();
  const { path, title, why, permission, isDone } = step;
  return (
    <li class={isDone ? 'first-step done' : 'first-step'}>
      <span class="first-step-mark" aria-hidden="true">
        {isDone ? '✓' : number}
      </span>
      <div>
        {isDone ? (
          <p>
            {title}
            <span class="unseen">: done</span>
          </p>
        ) : (
          <Link to={path}>{title}</Link>
        )}
        <p class="note">{may(permission) || isDone ? why : `Needs the role ${rolesWith(permission)}.`}</p>
      </div>
    </li>
  );
};

type Done = FirstStepsQuery & OverviewBudgetsQuery;

const stepsOf = ({ connections, entries, budgets }: Done, hasOwnKeys: boolean): Step[] => [
  {
    path: '/connections',
    title: 'Connect a key',
    why: hasOwnKeys
      ? 'Of Firmable or of its sandbox, which costs nothing.'
      : 'Not needed: on the plan FREE the managed account pays.',
    permission: 'MANAGE_CONNECTIONS',
    isDone: !hasOwnKeys || connections.nodes.length > 0,
  },
  {
    path: '/enrich',
    title: 'Look up one record',
    why: 'You see what it costs before it is bought.',
    permission: 'ENRICH',
    isDone: entries.nodes.length > 0,
  },
  {
    path: '/budgets',
    title: 'Set a budget',
    why: 'The gateway never spends more than a hard budget.',
    permission: 'MANAGE_BUDGETS',
    // What the operator or a token's limits set is nobody's step.
    isDone: budgets.nodes.some(({ setByOperator, isTokenLimit }) => !setByOperator && !isTokenLimit),
  },
];

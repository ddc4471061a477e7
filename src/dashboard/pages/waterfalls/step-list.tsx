import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.js';
import { StepCard } from './step-card.js';
import { type Step, type StepChoices, stepsMax, titleOf, withMoved, withNewStep } from './steps.js';
import { useStepDrops } from './use-step-drag.js';

type Moved = { key: string; direction: 'up' | 'down' };

/** The steps of a waterfall in their order. With `change` they can be edited, and moved by dragging and by buttons. */
export const StepList = ({
  steps,
  choices,
  change,
}: {
  steps: readonly Step[];
  choices: StepChoices;
  change?: (update: (steps: readonly Step[]) => readonly Step[]) => void;
}): JSX.Element => {
  const list = useRef<HTMLOListElement>(null);
  const moved = useRef<Moved | null>(null);
  const [message, setMessage] = useState('');
  const report = (key: string, after: readonly Step[]): void => {
    const at = after.findIndex((step) => step.key === key);
    const step = after[at];
    if (step !== undefined)
      setMessage(`${titleOf(step.payer, choices)} is step ${at + 1} of ${after.length}.`);
  };
  useStepDrops((key, move) => {
    const after = move(steps);
    change?.(() => after);
    report(key, after);
  });

  // A button loses the focus when its step moves in the document; before it is painted, so that no key press is lost.
  useLayoutEffect(() => {
    if (moved.current === null) return;
    const { key, direction } = moved.current;
    moved.current = null;
    const card = list.current?.querySelector(`[data-step="${key}"]`);
    const same = card?.querySelector<HTMLButtonElement>(`[data-move="${direction}"]`);
    const other = card?.querySelector<HTMLButtonElement>(`[data-move]:not([data-move="${direction}"])`);
    if (same?.disabled === false) same.focus();
    else other?.focus();
  }, [steps]);

  const move = (key: string, direction: Moved['direction']): void => {
    const at = steps.findIndex((step) => step.key === key);
    const after = withMoved(steps, key, direction === 'up' ? at - 1 : at + 1);
    moved.current = { key, direction };
    change?.(() => after);
    report(key, after);
  };

  return (
    <div class="stack">
      <ol ref={list} class="steps-list" aria-label="Steps">
        {steps.map((step, at) => (
          <StepCard
            key={step.key}
            step={step}
            at={at}
            count={steps.length}
            choices={choices}
            {...(change === undefined
              ? {}
              : {
                  editing: {
                    change: (after: Step) =>
                      change((before) => before.map((one) => (one.key === step.key ? after : one))),
                    move: (direction: Moved['direction']) => move(step.key, direction),
                    remove: () => change((before) => before.filter((one) => one.key !== step.key)),
                  },
                })}
          />
        ))}
      </ol>
      <p class="unseen" role="status">
        {message}
      </p>
      {change === undefined ? null : (
        <div class="buttons">
          <Button
            isDisabled={steps.length >= stepsMax}
            onClick={() => change((before) => withNewStep(before, choices))}
          >
            Add step
          </Button>
          <span class="note">
            Drag a step by its handle, or move it by its buttons. A step that names no connection is paid by
            the payer of the lookup.
          </span>
        </div>
      )}
    </div>
  );
};

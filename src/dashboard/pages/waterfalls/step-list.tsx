import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.js';
import { formatCount } from '../../ui/format.js';
import { StepCard } from './step-card.js';
import { type Step, type StepChoices, stepsMax, titleOf, withMoved, withNewStep } from './steps.js';
import { useStepDrops } from './use-step-drag.js';

type Direction = 'up' | 'down';

/** A change whose button may be gone or disabled after it, so that the focus has to go elsewhere. */
type Change =
  | { kind: 'moved'; key: string; direction: Direction }
  | { kind: 'removed'; at: number }
  | { kind: 'added' };

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
  const changed = useRef<Change | null>(null);
  const [message, setMessage] = useState('');
  useStepDrops((key, move) => {
    const after = move(steps);
    change?.(() => after);
    setMessage(placeOf(key, after, choices));
  });

  // A button loses the focus when its step moves in the document or leaves it, or when it is disabled; before it is
  // painted, so that no key press is lost.
  useLayoutEffect(() => {
    const change = changed.current;
    changed.current = null;
    if (change !== null && list.current !== null) focusAfter(change, list.current, steps);
  }, [steps]);

  const apply = (after: readonly Step[], what: Change, text: string): void => {
    changed.current = what;
    change?.(() => after);
    setMessage(text);
  };
  const move = (key: string, direction: Direction): void => {
    const at = steps.findIndex((step) => step.key === key);
    const after = withMoved(steps, key, direction === 'up' ? at - 1 : at + 1);
    apply(after, { kind: 'moved', key, direction }, placeOf(key, after, choices));
  };
  const remove = ({ key, payer }: Step): void => {
    const after = steps.filter((step) => step.key !== key);
    const at = steps.findIndex((step) => step.key === key);
    const text = `${titleOf(payer, choices)} was removed. ${formatCount(after.length, 'step')}.`;
    apply(after, { kind: 'removed', at: Math.min(at, after.length - 1) }, text);
  };
  const add = (): void => {
    const after = withNewStep(steps, choices);
    const key = after.at(-1)?.key ?? '';
    apply(after, { kind: 'added' }, placeOf(key, after, choices));
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
                    move: (direction: Direction) => move(step.key, direction),
                    remove: () => remove(step),
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
          <Button isDisabled={steps.length >= stepsMax} onClick={add}>
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

/** Where a step is, for screen readers. */
const placeOf = (key: string, steps: readonly Step[], choices: StepChoices): string => {
  const at = steps.findIndex((step) => step.key === key);
  return `${titleOf(steps[at]?.payer ?? '', choices)} is step ${at + 1} of ${steps.length}.`;
};

/** Focuses the control that takes the place of the button that was pressed. */
const focusAfter = (change: Change, list: HTMLElement, steps: readonly Step[]): void => {
  const focus = (step: string | undefined, ...selectors: string[]): void => {
    const found = selectors.map((selector) => `[data-step="${step}"] ${selector}`);
    found
      .map((selector) => list.querySelector<HTMLElement>(selector))
      .find((control) => control !== null)
      ?.focus();
  };
  if (change.kind === 'moved')
    focus(change.key, `[data-move="${change.direction}"]:enabled`, '[data-move]:enabled');
  // The last step cannot be removed.
  else if (change.kind === 'removed') focus(steps[change.at]?.key, '[data-remove]:enabled', 'select');
  // The button for another step is disabled after the last one that a waterfall may have.
  else if (steps.length >= stepsMax) focus(steps.at(-1)?.key, 'select');
};

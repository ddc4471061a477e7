import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Step, withDropped } from './steps.js';

type Edge = 'before' | 'after';

/** Makes a step a thing to drag by its handle, and a place to drop others before or after. */
export const useStepDrag = ({
  card,
  handle,
  stepKey,
}: {
  card: RefObject<HTMLElement>;
  handle: RefObject<HTMLElement>;
  stepKey: string;
}): { edge: Edge | null; isDragged: boolean } => {
  const [edge, setEdge] = useState<Edge | null>(null);
  const [isDragged, setDragged] = useState(false);
  useEffect(() => {
    const element = card.current;
    const dragHandle = handle.current;
    if (element === null || dragHandle === null) return;
    const endDrag = draggable({
      element,
      dragHandle,
      getInitialData: () => ({ stepKey }),
      onDragStart: () => setDragged(true),
      onDrop: () => setDragged(false),
    });
    const endDrop = dropTargetForElements({
      element,
      canDrop: ({ source }) => typeof source.data['stepKey'] === 'string',
      getData: ({ input }) => ({ stepKey, edge: edgeAt(element, input.clientY) }),
      getIsSticky: () => true,
      onDrag: ({ self, source }) =>
        setEdge(source.data['stepKey'] === stepKey ? null : readEdge(self.data['edge'])),
      onDragLeave: () => setEdge(null),
      onDrop: () => setEdge(null),
    });
    return () => {
      endDrag();
      endDrop();
    };
  }, [stepKey]);
  return { edge, isDragged };
};

/** Calls `dropped` with the step that was dropped elsewhere, and how that changes the steps. */
export const useStepDrops = (
  dropped: (key: string, move: (steps: readonly Step[]) => readonly Step[]) => void,
): void => {
  const latest = useRef(dropped);
  latest.current = dropped;
  useEffect(
    () =>
      monitorForElements({
        onDrop: ({ source, location }) => {
          const [place] = location.current.dropTargets;
          const key = source.data['stepKey'];
          const target = place?.data['stepKey'];
          if (typeof key !== 'string' || typeof target !== 'string' || key === target) return;
          const edge = readEdge(place?.data['edge']);
          latest.current(key, (steps) => withDropped(steps, key, { target, edge }));
        },
      }),
    [],
  );
};

const edgeAt = (element: HTMLElement, clientY: number): Edge => {
  const { top, height } = element.getBoundingClientRect();
  return clientY < top + height / 2 ? 'before' : 'after';
};

const readEdge = (value: unknown): Edge => (value === 'before' ? 'before' : 'after');

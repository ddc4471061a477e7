import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useSearchParams } from 'wouter-preact';
import type { Period } from '../time/period.js';
import { periodIn, readView, type View, viewParameters, writeView } from '../time/view.js';
import { useNow } from './use-now.js';

/** The parameter that says whether real credits or those of the sandbox are shown; see useCredits. */
export const creditsParameter = 'credits';

/** What links keep of the present address. */
const keptParameters = [...viewParameters, creditsParameter];

export type ViewInAddress = {
  view: View;
  /** The period that is shown, as of `now`. */
  period: Period;
  timeZone: string;
  now: Date;
  /** What is invalid in the address, for the viewer. */
  problems: readonly string[];
  choose: (view: View) => void;
};

/** The period and time zone in the page's address. */
export const useView = (): ViewInAddress => {
  const [parameters, setParameters] = useSearchParams();
  const now = useNow();
  const text = parameters.toString();
  return useMemo(() => {
    const { view, problems } = readView(new URLSearchParams(text), now);
    return {
      view,
      period: periodIn(view, now),
      timeZone: view.timeZone,
      now,
      problems,
      choose: (chosen) =>
        setParameters(
          (before) => {
            const after = new URLSearchParams(before);
            for (const name of viewParameters) after.delete(name);
            for (const [name, value] of Object.entries(writeView(chosen))) after.set(name, value);
            return after;
          },
          { replace: true },
        ),
    };
  }, [text, now]);
};

/** Parameters of an address: a list for one that is repeated; null or '' for one that is left out. */
export type AddressParameters = Record<string, string | readonly string[] | null | undefined>;

/** An address of the dashboard with the view and the choice of credits of the present one. */
export const usePathTo = (): ((path: string, parameters?: AddressParameters) => string) => {
  const [present] = useSearchParams();
  return (path, parameters = {}) => {
    const wanted = new URLSearchParams();
    for (const name of keptParameters) {
      const value = present.get(name);
      if (value !== null) wanted.set(name, value);
    }
    for (const [name, value] of Object.entries(parameters)) {
      wanted.delete(name);
      for (const one of [value ?? []].flat()) if (one !== '') wanted.append(name, one);
    }
    const search = wanted.toString();
    return search === '' ? path : `${path}?${search}`;
  };
};

/** What Back does after a parameter is set. */
type HistoryOptions = {
  /** Back leads to the address before: for what opens something or turns a page. Otherwise it is replaced. */
  push?: boolean;
  /** What the entry of the browser's history keeps. */
  state?: unknown;
};

type SetParameter = (value: string | null, options?: HistoryOptions) => void;

/** A parameter of the address, and how to set it; null or '' removes it. */
export const useParameter = (name: string): [string | null, SetParameter] => {
  const [parameters, setParameters] = useSearchParams();
  return [
    parameters.get(name),
    (value, { push = false, state = null } = {}) =>
      setParameters(
        (before) => {
          const after = new URLSearchParams(before);
          if (value === null || value === '') after.delete(name);
          else after.set(name, value);
          return after;
        },
        { replace: !push, state },
      ),
  ];
};

export type DialogInAddress = {
  /** What it shows; null while it is closed. */
  value: string | null;
  open: (value: string) => void;
  close: () => void;
};

/**
 * A dialog that a parameter of the address opens. Back closes it. Closing it goes back to the address that opened it, so
 * that Back then leads to the page before; an address that was opened with the dialog is replaced.
 */
export const useDialogInAddress = (name: string): DialogInAddress => {
  const [value, set] = useParameter(name);
  // Going back takes a moment, in which a second Escape must not go back once more.
  const isClosing = useRef(false);
  useEffect(() => {
    isClosing.current = false;
  }, [value]);
  return {
    value: value === '' ? null : value,
    open: (chosen) => set(chosen, { push: true, state: { opened: name } }),
    close: () => {
      if (isClosing.current) return;
      isClosing.current = true;
      if (openedHere() === name) history.back();
      else set(null);
    },
  };
};

/** The dialog that the present entry of the browser's history was made for. */
const openedHere = (): unknown => {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'opened' in state ? state.opened : null;
};

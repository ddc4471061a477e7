import { useQueryClient } from '@tanstack/preact-query';
import { useEffect, useState } from 'preact/hooks';
import { useSession } from '../app/session.js';
import { textOf } from './client.js';
import type { TypedDocumentString } from './operations.js';
import { readingKey } from './use-operation.js';

/** How often everything on the page is read while no stream delivers. */
const pollMs = 1_000;

type Live<Data, Variables> = {
  query: TypedDocumentString<Data, Variables>;
  /** The subscription with the same data and variables. */
  subscription: TypedDocumentString<Data, Variables>;
  variables: Variables;
  /** Whether something may change. */
  enabled: boolean;
  /** Runs after each event. */
  received: (data: Data) => void;
};

/**
 * Keeps what a query has read up to date while `enabled` and while the page is visible: from the events of a subscription, and
 * by reading everything on the page each second until the first event has come, and while no stream is open. So a proxy that
 * holds events back, or a token with too many streams, only costs requests. A hidden page has no stream: a browser
 * opens few connections to one origin over HTTP/1.1.
 */
export const useLive = <Data, Variables extends Record<string, unknown>>({
  query,
  subscription,
  variables,
  enabled,
  received,
}: Live<Data, Variables>): void => {
  const { client } = useSession();
  const queries = useQueryClient();
  const isVisible = useVisible();
  const key = readingKey(query, variables);
  useEffect(() => {
    if (!enabled || !isVisible) return undefined;
    const state = { delivers: false };
    const timer = setInterval(() => {
      if (!state.delivers) void queries.invalidateQueries();
    }, pollMs);
    const close = client.subscribe(subscription, variables, {
      next: (data) => {
        state.delivers = true;
        queries.setQueryData(key, data);
        received(data);
      },
      interrupted: () => {
        state.delivers = false;
      },
    });
    return () => {
      clearInterval(timer);
      close();
    };
  }, [enabled, isVisible, client, queries, textOf(subscription), JSON.stringify(key)]);
};

const isShown = (): boolean => document.visibilityState === 'visible';

const useVisible = (): boolean => {
  const [isVisible, setVisible] = useState(isShown);
  useEffect(() => {
    const look = (): void => setVisible(isShown());
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return isVisible;
};

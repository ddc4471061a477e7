import { useQueryClient } from '@tanstack/preact-query';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { RequestError } from '../api/request-error.js';
import { useView } from './use-view.js';

type State = { readAt: number | null; isLost: boolean };

/** Whether the figures are current: when the last one was read, or that the gateway does not answer. */
export const GatewayState = (): JSX.Element => {
  const queries = useQueryClient();
  const { timeZone } = useView();
  const [{ readAt, isLost }, setState] = useState<State>({ readAt: null, isLost: false });
  useEffect(() => {
    const look = (): void => {
      const active = queries
        .getQueryCache()
        .getAll()
        .filter((query) => query.isActive());
      const isLost = active.some(({ state }) => {
        const error = state.fetchFailureReason;
        return error instanceof RequestError && error.kind === 'UNREACHABLE';
      });
      const readAt = Math.max(...active.map(({ state }) => state.dataUpdatedAt), 0);
      setState((before) =>
        before.isLost === isLost && before.readAt === readAt
          ? before
          : { readAt: readAt === 0 ? null : readAt, isLost },
      );
    };
    look();
    return queries.getQueryCache().subscribe(look);
  }, [queries]);
  if (isLost) {
    return (
      <p class="state lost" role="alert">
        The gateway does not answer. The figures may be outdated.
      </p>
    );
  }
  if (readAt === null) return <p class="state">Loading…</p>;
  const clock = new Date(readAt).toLocaleTimeString('en-AU', { timeZone, hourCycle: 'h23' });
  return <p class="state">Live · {clock}</p>;
};

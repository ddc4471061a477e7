import { createClient } from 'graphql-sse';

export type Sink<Data> = {
  /** An event without errors. */
  next: (data: Data) => void;
  /** The stream delivers no more for now: it was cut and is opened again, was refused, or has completed. */
  interrupted: () => void;
};

type Request = { url: string; token: string; query: string; variables: Record<string, unknown> };

/**
 * Opens a stream of the gateway. One that is cut is opened again, up to five times at growing intervals. Returns what closes
 * it.
 */
export const openStream = <Data>(
  { url, token, query, variables }: Request,
  { next, interrupted }: Sink<Data>,
): (() => void) => {
  const streams = createClient({
    url,
    headers: { authorization: `Bearer ${token}` },
    credentials: 'omit',
    // The token is not sent to where a redirect leads.
    fetchFn: (address: string, init: RequestInit) => fetch(address, { ...init, redirect: 'error' }),
    on: { connecting: interrupted },
  });
  streams.subscribe<Data>(
    { query, variables },
    {
      next: ({ data, errors }) => {
        if (errors === undefined && data !== undefined && data !== null) next(data);
      },
      error: interrupted,
      complete: interrupted,
    },
  );
  return () => streams.dispose();
};

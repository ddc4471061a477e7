import { setTimeout as sleep } from 'node:timers/promises';
import { alerts } from '../../schema/tables/index.js';
import { newId } from '../../src/platform/ids.js';
import type { GraphqlBody, TestGateway } from '../http/start-gateway.js';

type Event = Pick<GraphqlBody, 'data' | 'errors'>;

export type Subscribed = {
  status: number;
  headers: Headers;
  /** What has come so far. */
  events: Event[];
  text: () => string;
  /** Waits until `count` events have come. */
  until: (count: number) => Promise<Event[]>;
  /** How the response ended: with `complete`, without it, or by a broken connection. */
  ended: Promise<'COMPLETE' | 'CUT' | 'BROKEN'>;
  disconnect: () => void;
};

type Options = { token?: string; method?: 'GET' | 'POST'; variables?: object; accept?: string };

/** Opens a subscription with fetch, and reads its stream as the protocol of graphql-sse writes it. */
export const subscribe = async (
  gateway: Pick<TestGateway, 'url' | 'token'>,
  query: string,
  { token = gateway.token, method = 'POST', variables = {}, accept = 'text/event-stream' }: Options = {},
): Promise<Subscribed> => {
  const closing = new AbortController();
  const headers = { accept, authorization: `Bearer ${token}` };
  const inUrl = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  const response = await fetch(`${gateway.url}/graphql${method === 'GET' ? `?${inUrl}` : ''}`, {
    method,
    signal: closing.signal,
    headers: method === 'GET' ? headers : { ...headers, 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: JSON.stringify({ query, variables }) }),
  });
  let text = '';
  const events: Event[] = [];
  const read = async (): Promise<'COMPLETE' | 'CUT' | 'BROKEN'> => {
    try {
      for await (const chunk of response.body ?? []) {
        text += Buffer.from(chunk).toString();
        const whole = text.split('\n\n').slice(0, -1);
        const sent = whole.flatMap((one) => /^event: next\ndata: (.*)$/s.exec(one)?.[1] ?? []);
        for (const one of sent.slice(events.length)) events.push(JSON.parse(one));
      }
      return text.endsWith('event: complete\ndata:\n\n') ? 'COMPLETE' : 'CUT';
    } catch {
      return 'BROKEN';
    }
  };
  return {
    status: response.status,
    headers: response.headers,
    events,
    text: () => text,
    until: async (count) => {
      for (let tries = 0; events.length < count && tries < 500; tries += 1) await sleep(20);
      if (events.length < count) throw new Error(`${count} events were expected, after: ${text}`);
      return events;
    },
    ended: read(),
    disconnect: () => closing.abort(),
  };
};

/** Raises an alert of the gateway's workspace, as the ledger does. Returns its public id. */
export const raiseAlert = async ({ context, token }: TestGateway, id = newId()): Promise<string> => {
  const { workspaceId } = await context.findCaller(token);
  const at = new Date();
  const alert = { workspaceId, id, event: 'PROVIDER_UNAVAILABLE', subject: id, facts: {} } as const;
  await context.database.db.insert(alerts).values({ ...alert, startsAt: at, raisedAt: at });
  return `alr_${id}`;
};

export const nothingOpen = { streams: 0, tokens: 0, polled: 0, checks: 0 };

/** Waits until no stream is left, and nothing that was kept for one: after each test. Throws with what is left. */
export const untilNothingIsOpen = async ({ context }: TestGateway): Promise<void> => {
  const left = () => JSON.stringify(context.subscriptions.state());
  const nothing = JSON.stringify(nothingOpen);
  for (let tries = 0; left() !== nothing && tries < 250; tries += 1) await sleep(20);
  if (left() !== nothing) throw new Error(`streams are left: ${left()}`);
};

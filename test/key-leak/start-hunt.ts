import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type MailServer, startMailServer } from '../alerts/start-mail-server.js';
import { type Receiver, startReceiver } from '../alerts/start-receiver.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';
import { json, type Seen, startUpstream } from '../providers/firmable/start-upstream.js';
import { dumpTables, facesOf } from '../support/dump.js';

/** What one operation is expected to do, and what it sends besides. */
export type Sending = {
  variables?: object;
  headers?: Record<string, string>;
  /** The code of the GraphQL error that is expected; without it any error fails the test. */
  error?: string;
  /** True: the response shows a new secret, which is right once. It is not searched. */
  showsSecret?: boolean;
};

export type Hunt = {
  gateway: TestGateway;
  /** Every request that the upstream has received. */
  seen: readonly Seen[];
  managed: { FIRMABLE: string; APOLLO: string };
  /** The SMTP server of the gateway, whose password is hidden, and a receiver of webhooks. What both get is searched. */
  mail: MailServer;
  receiver: Receiver;
  /** Sends an operation and keeps the response for the search. Throws on an error that is not expected. */
  send: (query: string, sending?: Sending) => Promise<string>;
  /** Keeps the response of another path for the search. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>;
  /** Keeps a text for the search. */
  keep: (text: string) => void;
  /** A new key of Firmable, of a connection's kind (`live_`, `sandbox_`), which must be found nowhere. */
  newKey: (kind: string) => string;
  /** Adds a key or a token to what must be found nowhere. */
  hide: (secret: string) => string;
  /** Creates a connection and returns its id; throws if it is refused. */
  connect: (input: { provider?: string; name: string; key: string }) => Promise<string>;
  /** Where a hidden secret stands, in responses, log lines and rows, in any encoding. */
  leaks: () => Promise<string[]>;
  /** Throws if there is one. */
  throwIfLeaked: () => Promise<void>;
  close: () => Promise<void>;
};

/** Starts a gateway before an upstream that repeats the keys it was sent, and records all that the gateway says. */
export const startHunt = async (): Promise<Hunt> => {
  const upstream = await startUpstream((response, seen, index) =>
    echoes[index % echoes.length]?.(response, seen),
  );
  const managed = { FIRMABLE: canary('live_managed_'), APOLLO: `canary${randomBytes(8).toString('hex')}` };
  const smtpPassword = `canary${randomBytes(12).toString('hex')}`;
  const mail = await startMailServer({ password: smtpPassword });
  const receiver = await startReceiver();
  const gateway = await startGateway({
    logLevel: 'debug',
    env: {
      FIRMABLE_BASE_URL: upstream.url,
      PEOPLEDATALABS_BASE_URL: upstream.url,
      APOLLO_BASE_URL: upstream.url,
      MANAGED_FIRMABLE_KEY: managed.FIRMABLE,
      MANAGED_APOLLO_KEY: managed.APOLLO,
      UPSTREAM_TIMEOUT_MS: '1000',
      WEBHOOK_PRIVATE_ADDRESSES: 'on',
      SMTP_URL: `smtp://alerts:${smtpPassword}@127.0.0.1:${mail.port}`,
      ALERT_EMAIL_FROM: 'alerts@example.com',
    },
  });
  const hidden = [managed.FIRMABLE, managed.APOLLO, gateway.token, smtpPassword];
  const responses: string[] = [];

  const send = async (query: string, sending: Sending = {}): Promise<string> => {
    const { variables = {}, headers = {}, error, showsSecret = false } = sending;
    const { status, headers: received, body } = await gateway.post(query, variables, headers);
    const text = JSON.stringify({ status, headers: [...received], body });
    if (!showsSecret) responses.push(text);
    const codes = (body.errors ?? []).map(({ extensions }) => extensions.code);
    if (codes.some((code) => code !== error) || (error !== undefined && codes.length === 0)) {
      throw new Error(`expected ${error ?? 'no error'}, got ${text} for ${query}`);
    }
    return text;
  };
  const hide = (secret: string): string => {
    hidden.push(secret);
    return secret;
  };

  const leaks = async (): Promise<string[]> => {
    const dump = await dumpTables(gateway.context.database);
    const texts = [
      ...responses.map((text) => ['response', text] as const),
      ...gateway
        .logged()
        .split('\n')
        .map((line) => ['log', line] as const),
      // Without the line breaks of quoted-printable, which could divide a key.
      ...mail.mails.map(({ text }) => ['mail', text.replaceAll('=\r\n', '')] as const),
      ...receiver.deliveries.map((one) => ['webhook', JSON.stringify(one)] as const),
      ...dump.split('\n').map((row) => ['row', row] as const),
    ];
    const faces = hidden.flatMap(facesOf);
    return texts
      .filter(([, text]) => faces.some((face) => text.includes(face)))
      .map(([where, text]) => `${where}: ${text.slice(0, 400)}`);
  };

  return {
    gateway,
    seen: upstream.seen,
    managed,
    mail,
    receiver,
    send,
    hide,
    keep: (text) => void responses.push(text),
    newKey: (kind) => hide(canary(kind)),
    fetch: async (path, init) => {
      const response = await fetch(`${gateway.url}${path}`, init);
      responses.push(JSON.stringify([...response.headers]), await response.clone().text());
      return response;
    },
    connect: async ({ provider = 'FIRMABLE', name, key }) => {
      const variables = { input: { provider, name, key, verify: false } };
      const id = idIn(await send(createConnection, { variables }), 'con');
      if (id === '') throw new Error(`the connection ${name} was not created`);
      return id;
    },
    leaks,
    throwIfLeaked: async () => {
      const found = await leaks();
      if (found.length > 0) throw new Error(`leaked:\n${found.join('\n')}`);
    },
    close: async () => {
      await gateway.close();
      await Promise.all([upstream.close(), mail.close(), receiver.close()]);
    },
  };
};

export const problems = 'userErrors { code message field }';

export const createConnection = `mutation M($input: CreateConnectionInput!) { createConnection(input: $input) {
  connection { id name keyHint } ${problems} } }`;

const receipt = `receipt { id charge payer { kind connection { id name keyHint } } attempts { reason connection { id } } }
  problem { code message }`;

export const lookUpCompany = `query Q($by: CompanyKey!, $options: LookupOptions) { company(by: $by, options: $options) {
  outcome company { id name raw } ${receipt} } }`;

export const lookUpPerson = `query Q($by: PersonKey!, $options: LookupOptions) { person(by: $by, options: $options) {
  outcome person { id raw } ${receipt} } }`;

/** The public id of one kind in a text; empty where there is none. */
export const idIn = (text: string, prefix: string): string =>
  new RegExp(`${prefix}_[0-9a-f-]{36}`).exec(text)?.[0] ?? '';

const canary = (kind: string): string => `fbl_${kind}canary${randomBytes(12).toString('hex')}`;

export const keyIn = (headers: Seen['headers']): string =>
  String(headers['x-api-key'] ?? headers.authorization ?? '').replace('Bearer ', '');

/** Responses of a bad upstream that contain the key: in headers, bodies, addresses and names of fields. */
export const echoes: readonly ((response: ServerResponse, seen: Seen) => void)[] = [
  (to, { headers }) =>
    json(to, 401, { message: `Bad key ${headers.authorization}` }, { 'x-echo': keyIn(headers) }),
  (to, { headers }) => json(to, 403, { error: { code: keyIn(headers), message: keyIn(headers) } }),
  (to, { headers }) =>
    json(to, 500, { success: false, error: { message: keyIn(headers), request: headers } }),
  (to, { headers }) => json(to, 402, { statusCode: 402, error: keyIn(headers), message: [keyIn(headers)] }),
  (to, { headers }) => json(to, 307, {}, { location: `http://127.0.0.1:9/${keyIn(headers)}` }),
  (to, { headers }) => json(to, 307, {}, { location: `/again?key=${keyIn(headers)}` }),
  (to, { headers }) => json(to, 404, { message: `No company for ${keyIn(headers)}` }),
  (to, { headers }) => json(to, 200, { id: { [keyIn(headers)]: keyIn(headers) }, error: keyIn(headers) }),
  (to, { headers }) => {
    to.writeHead(200, { 'content-type': 'application/json', [`x-${keyIn(headers)}`]: keyIn(headers) });
    to.end(`{"id": "${keyIn(headers)}`);
  },
  (to, { headers }) => {
    to.write(keyIn(headers), () => to.destroy());
  },
  (to, { headers }) => json(to, 429, { message: `Rate limit for ${keyIn(headers)}. Retry in 99s.` }),
];

/** The providers beside Firmable: the header of a caller's own key, and what a key looks like. */
export const otherProviders = [
  {
    provider: 'PEOPLE_DATA_LABS',
    header: 'x-people-data-labs-key',
    createKey: () => randomBytes(32).toString('hex'),
  },
  { provider: 'APOLLO', header: 'x-apollo-key', createKey: () => `canary${randomBytes(8).toString('hex')}` },
];

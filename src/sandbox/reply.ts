/** What the sandbox will say, before it is put on the wire. */
export type Reply = {
  status: number;
  /** A text goes out as text/plain, anything else as JSON; null is no body. */
  body: unknown;
  headers?: Readonly<Record<string, string>>;
  /** Sends half of the body and drops the connection. */
  cut?: true;
  /** The record that this reply gave away, and what was charged for it. */
  retrieved?: { recordId: string; credits: number };
};

/** A reply of the sandbox, before it is sent. */
export type Reply = {
  status: number;
  /** A string is sent as text/plain, anything else as JSON; null is no body. */
  body: unknown;
  headers?: Readonly<Record<string, string>>;
  /** Sends half of the body and drops the connection. */
  cut?: true;
  /** The record in this reply, and its charge. */
  retrieved?: { recordId: string; credits: number };
};

/** The ids of what the changes before have made, by the name that a change gives to its own. */
type Ids = Readonly<Record<string, string>>;

/** One mutation of the API as it is sent, and what the audit log has of it. */
export type AuditedChange = {
  mutation: string;
  /** Its arguments and selection. */
  send: (ids: Ids) => string;
  /** Null for a mutation that changes nothing, which has no row. */
  action: string | null;
  /** The name of the public id in the response that is kept for the changes after. */
  makes?: { id: string; prefix: string };
  /** Whether the same mutation, sent again under another key, changes something again. */
  repeats: boolean;
};

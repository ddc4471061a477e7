import type { Operation } from './operation.js';
import type { Period } from './period.js';

export type Permission =
  | 'READ'
  | 'ENRICH'
  | 'MANAGE_CONNECTIONS'
  | 'MANAGE_TOKENS'
  | 'MANAGE_BUDGETS'
  | 'MANAGE_ALERTS'
  | 'MANAGE_BALANCES';

/** The period that is shown, as of now. */
export type Look = { period: Period; timeZone: string; now: Date };

/** What panels and dialogs need of the page. */
export type App = {
  /** Sends an operation to the gateway with the viewer's token. Throws RequestError. */
  query: <Variables extends object, Data>(
    operation: Operation<Variables, Data>,
    variables: Variables,
  ) => Promise<Data>;
  /** Downloads a file of the gateway under a name. Throws RequestError. */
  download: (path: string, fileName: string) => Promise<void>;
  look: () => Look;
  may: (permission: Permission) => boolean;
  /** Whether the workspace's plan lets it use keys of its own. */
  hasOwnKeys: boolean;
  /** Shows a message, also to screen readers. */
  announce: (text: string) => void;
  /** Reads every panel again, after a change. */
  refresh: () => Promise<void>;
};

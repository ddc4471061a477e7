import type { Operation } from './operation.js';
import type { Period } from './period.js';

export type Permission =
  | 'READ'
  | 'ENRICH'
  | 'MANAGE_CONNECTIONS'
  | 'MANAGE_TOKENS'
  | 'MANAGE_BUDGETS'
  | 'MANAGE_BALANCES';

/** What is looked at, worked out as of now. */
export type Look = { period: Period; timeZone: string; now: Date };

/** What panels and dialogs know of the page around them. */
export type App = {
  /** Asks the gateway with the viewer's token. Throws Trouble. */
  ask: <Variables extends object, Data>(
    operation: Operation<Variables, Data>,
    variables: Variables,
  ) => Promise<Data>;
  /** Saves a file of the gateway's under a name. Throws Trouble. */
  download: (path: string, fileName: string) => Promise<void>;
  look: () => Look;
  may: (permission: Permission) => boolean;
  /** Whether the workspace's plan lets it use keys of its own. */
  hasOwnKeys: boolean;
  /** Says something to people, screen readers included. */
  announce: (text: string) => void;
  /** Reads every panel anew, since something was changed. */
  refresh: () => Promise<void>;
};

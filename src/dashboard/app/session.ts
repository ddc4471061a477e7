import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Client } from '../api/client.js';
import type { Permission, ViewerQuery } from '../api/operations.js';

export type Viewer = ViewerQuery['viewer'];

/** The viewer who is signed in. */
export type Session = {
  viewer: Viewer;
  client: Client;
  may: (permission: Permission) => boolean;
  /** Whether the workspace's plan lets it use keys of its own. */
  hasOwnKeys: boolean;
  /** Forgets the token, and shows the sign-in page with the reason; '' for none. */
  signOut: (why: string) => void;
};

export const SessionContext = createContext<Session | null>(null);

/** The session. Throws outside the application that is signed in. */
export const useSession = (): Session => {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('nobody is signed in');
  return session;
};

const rolesOf: Partial<Record<Permission, string>> = {
  ENRICH: 'ADMIN, MANAGER, INTEGRATION or MEMBER',
  MANAGE_CONNECTIONS: 'ADMIN, MANAGER or INTEGRATION',
  MANAGE_WATERFALLS: 'ADMIN or MANAGER',
  IMPORT_UNLOCKS: 'ADMIN or MANAGER',
  FORGET_RECORDS: 'ADMIN or MANAGER',
  SAVE_VIEWS: 'ADMIN, MANAGER, INTEGRATION or MEMBER',
};

/** The roles that have a permission, for a note to viewers who do not have it. */
export const rolesWith = (permission: Permission): string => rolesOf[permission] ?? 'ADMIN';
